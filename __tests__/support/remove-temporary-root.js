module.exports = () => require("./temporary-root").remove();

// A plain CDKTF program over what bare-cdktf.ts wrote: every stack and every resource, in one process.
const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { App, S3Backend, TerraformLocal, TerraformOutput, TerraformStack } = require("cdktf");

const folder = process.argv[2];
const classes = new Map();
function classOf(module) {
  let found = classes.get(module);
  if (found === undefined) {
    const exported = require(`@cdktf/provider-aws/lib/${module}`);
    found = Object.values(exported).find((value) => typeof value === "function" && "tfResourceType" in value);
    classes.set(module, found);
  }
  return found;
}

/** Props with references in place; those to what is made later stay expressions. */
function revive(value, made) {
  if (Array.isArray(value)) return value.map((item) => revive(item, made));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value.$ref)) {
    const [address, attribute] = value.$ref;
    const target = made.get(address);
    const reference = target?.[attribute];
    const snake = attribute.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return typeof reference === "string" ? reference : `\${${address}.${snake}}`;
  }
  for (const key of Object.keys(value)) value[key] = revive(value[key], made);
  return value;
}

const app = new App();
for (const file of readdirSync(folder).sort()) {
  const { id, backend, providers, elements, outputs, locals } = JSON.parse(
    readFileSync(join(folder, file), "utf8"),
  );
  const stack = new TerraformStack(app, id);
  const { useLockfile, ...props } = backend;
  new S3Backend(stack, props);
  stack.addOverride("terraform.backend.s3.use_lockfile", useLockfile);
  const byAlias = new Map();
  for (const provider of providers) {
    const made = new (classOf(provider.module))(stack, provider.id, provider.props);
    byAlias.set(provider.props.alias, made);
  }
  const made = new Map();
  for (const { module, id: name, props } of elements) {
    const { address, provider, dependsOn, ...rest } = revive(props, made);
    const alias = typeof provider === "string" ? provider.split(".")[1] : undefined;
    // Terraform tells one name of two types apart, constructs do not.
    const unique = stack.node.tryFindChild(name) === undefined ? name : `${name}_${module}`;
    const element = new (classOf(module))(stack, unique, {
      ...rest,
      ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map((fqn) => ({ fqn })) }),
      ...(alias === undefined ? {} : { provider: byAlias.get(alias) }),
    });
    made.set(address, element);
  }
  for (const [name, output] of Object.entries(outputs)) new TerraformOutput(stack, name, output);
  for (const [name, expression] of Object.entries(locals)) new TerraformLocal(stack, name, expression);
}
app.synth();

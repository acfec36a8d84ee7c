// Jest takes no testTimeout in a project's own settings.
jest.setTimeout(600_000);

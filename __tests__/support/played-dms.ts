import { createServer, type IncomingMessage, type Server } from "node:http";

type Answer = Readonly<Record<string, unknown>>;
type Played = (input: Readonly<Record<string, unknown>>) => Answer;

/**
 * DMS over HTTP: answers what a test says, as AWS has been seen to answer; everything else goes to an emulator, whose
 * dates are brought into the form in which AWS writes them.
 */
export class PlayedDms {
  /** Answers by operation. */
  readonly answers = new Map<string, Played>();
  /** What is added to answers of the emulator, by operation. */
  readonly added = new Map<string, (answer: Answer) => Answer>();
  /** Operations that were asked, in order, with their input. */
  readonly asked: { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[] = [];
  /** Where everything else is answered. */
  others: string | undefined;
  private server: Server | undefined;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      void this.respond(request).then(({ status, body }) => {
        response.writeHead(status, { "content-type": "application/x-amz-json-1.1" });
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => this.server?.listen(0, "127.0.0.1", done));
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  stop(): Promise<void> {
    return new Promise((done) => {
      this.server?.closeAllConnections();
      this.server?.close(() => done());
    });
  }

  /** Inputs with which an operation was asked. */
  inputs(operation: string): readonly Readonly<Record<string, unknown>>[] {
    return this.asked.filter((each) => each.operation === operation).map(({ input }) => input);
  }

  private async respond(request: IncomingMessage): Promise<{ status: number; body: Answer }> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    const input = JSON.parse(text === "" ? "{}" : text) as Record<string, unknown>;
    this.asked.push({ operation, input });
    const played = this.answers.get(operation);
    if (played !== undefined) {
      const body = played(input);
      return { status: "__type" in body ? 400 : 200, body };
    }
    if (this.others === undefined)
      return { status: 400, body: { __type: "InvalidAction", message: `nobody plays ${operation}` } };
    const { status, body } = await this.forward(request, text);
    return { status, body: this.added.get(operation)?.(body) ?? body };
  }

  private async forward(request: IncomingMessage, body: string): Promise<{ status: number; body: Answer }> {
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && !["host", "content-length", "connection"].includes(name)
        ? [[name, value]]
        : [],
    );
    const answer = await fetch(this.others ?? "", { method: "POST", headers, body });
    return { status: answer.status, body: withEpochs(await answer.json()) as Answer };
  }
}

/** DMS writes dates as seconds since 1970. */
function withEpochs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withEpochs);
  if (typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/.test(value))
    return Date.parse(/Z|[+-]\d\d:\d\d$/.test(value) ? value : `${value}Z`) / 1000;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withEpochs(inner)]));
}

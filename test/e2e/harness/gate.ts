/**
 * A gate between browser and backend, on an origin that stays the same while the backend behind it dies and
 * comes back. A test sees every exchange at two moments: before the backend hears it, and after the backend
 * answered but before the browser hears that.
 */
import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface Exchange {
	readonly method: string;
	readonly path: string;
	/** The backend's status, once it answered. */
	readonly status?: number;
	/** Octets of the answer's body as they go over the line, and how they are packed. */
	readonly octets?: number;
	readonly packed?: string | undefined;
}

/** `pass` lets the message through, `lose` cuts the browser's connection instead. */
export type Verdict = 'pass' | 'lose';

type Watch = (exchange: Exchange) => Verdict | Promise<Verdict>;

const PASS: Watch = () => 'pass';

export class Gate {
	/** Where the backend is; nothing gets through while it is unset. */
	backendPort: number | undefined;
	/** Asked before a request reaches the backend. */
	onRequest: Watch = PASS;
	/** Asked before an answer reaches the browser. */
	onAnswer: Watch = PASS;
	readonly #server: Server;

	private constructor() {
		this.#server = createServer((incoming, outgoing) => {
			this.#exchange(incoming)
				.then((answer) => {
					if (answer) outgoing.writeHead(answer.status, answer.headers).end(answer.body);
					else incoming.socket.destroy();
				})
				.catch(() => incoming.socket.destroy());
		});
	}

	static async open(): Promise<Gate> {
		const gate = new Gate();
		gate.#server.listen(0, '127.0.0.1');
		await once(gate.#server, 'listening');
		return gate;
	}

	get origin(): string {
		const { port } = this.#server.address() as AddressInfo;
		return `http://localhost:${port}`;
	}

	/** Lets everything through again. */
	watchNothing(): void {
		this.onRequest = PASS;
		this.onAnswer = PASS;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #exchange(incoming: IncomingMessage) {
		const { method = 'GET', url: path = '/' } = incoming;
		const body = await readAll(incoming);
		if ((await this.onRequest({ method, path })) === 'lose') return undefined;
		const answer = await this.#ask(incoming, body);
		const verdict = await this.onAnswer({
			...{ method, path, status: answer.status },
			...{ octets: answer.body.length, packed: answer.headers['content-encoding'] },
		});
		return verdict === 'pass' ? answer : undefined;
	}

	#ask(incoming: IncomingMessage, body: Buffer) {
		return new Promise<{ status: number; headers: IncomingMessage['headers']; body: Buffer }>(
			(resolve, reject) => {
				const asked = forward(
					{
						host: '127.0.0.1',
						port: this.backendPort ?? 1,
						method: incoming.method,
						path: incoming.url,
						headers: { ...incoming.headers, connection: 'close' },
					},
					(answer) => {
						readAll(answer).then((whole) => {
							const headers = { ...answer.headers };
							delete headers['transfer-encoding'];
							resolve({ status: answer.statusCode ?? 502, headers, body: whole });
						}, reject);
					},
				);
				asked.on('error', reject);
				asked.end(body);
			},
		);
	}
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of stream) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** A page with one script of the project's own sources, built for the browser, on this machine's own address. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';

export class BenchPage {
	readonly origin: string;
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
		this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
	}

	/** @param entry path of the script's source */
	static async of(entry: string): Promise<BenchPage> {
		const script = await bundle(entry);
		const server = createServer((request, response) => {
			const isScript = request.url === '/page.js';
			response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
			response.end(isScript ? script : HTML);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new BenchPage(server);
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}

const HTML = '<!doctype html><title>Bench</title><script type="module" src="/page.js"></script>';

/** The one script that an entry and all it imports become. */
async function bundle(entry: string): Promise<string> {
	const built = await build({
		...{ configFile: false, logLevel: 'silent' },
		build: {
			...{ write: false, minify: false },
			lib: { entry, formats: ['es'], fileName: 'page' },
			// The framework's own settings may not be made yet, and say nothing about this script.
			rolldownOptions: { tsconfig: false, output: { codeSplitting: false } },
		},
	});
	const [output] = Array.isArray(built) ? built : [built];
	const chunk = output && 'output' in output ? output.output[0] : undefined;
	if (chunk?.type !== 'chunk') throw new Error(`${entry} did not become a script`);
	return chunk.code;
}

/** A page with one script of the project's own sources, built for the browser: real code without the app. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'vite';

/** The one script that an entry and all it imports become. */
async function bundle(entry: string): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: 'silent',
		build: {
			write: false,
			minify: false,
			lib: { entry, formats: ['es'], fileName: 'page' },
			rolldownOptions: { output: { codeSplitting: false } },
		},
	});
	const [output] = Array.isArray(built) ? built : [built];
	const chunk = output && 'output' in output ? output.output[0] : undefined;
	if (chunk?.type !== 'chunk') throw new Error(`${entry} did not become a script`);
	return chunk.code;
}

const HTML = '<!doctype html><title>Lines</title><script type="module" src="/page.js"></script>';

export class PageServer {
	readonly origin: string;
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
		this.origin = `http://localhost:${(server.address() as AddressInfo).port}`;
	}

	/** @param policy content security policy of the page; none where nothing is said */
	static async of(entry: string, policy?: string): Promise<PageServer> {
		const script = await bundle(entry);
		const server = createServer((request, response) => {
			if (policy !== undefined) response.setHeader('content-security-policy', policy);
			const isScript = request.url === '/page.js';
			response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
			response.end(isScript ? script : HTML);
		});
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return new PageServer(server);
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}

import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Wire } from '../../../src/cli/bench/page-wire.ts';
import { freePort } from '../../../src/cli/free-port.ts';

const WHOLE = Buffer.alloc(100_000, 'abcdefg');
const ends: (() => void)[] = [];
afterEach(() => ends.splice(0).forEach((end) => end()));

/** Answers whatever it is asked with a hundred thousand octets. */
async function wired(): Promise<{ wire: Wire; port: number }> {
	const app = createServer((socket) => socket.once('data', () => socket.end(WHOLE)));
	app.listen(0, '127.0.0.1');
	await once(app, 'listening');
	const port = await freePort();
	const wire = await Wire.open(port, (app.address() as AddressInfo).port);
	ends.push(
		() => app.close(),
		() => wire.close(),
	);
	return { wire, port };
}

async function ask(port: number): Promise<Buffer> {
	const socket = connect(port, '127.0.0.1');
	socket.write('?');
	const chunks: Buffer[] = [];
	for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
	return Buffer.concat(chunks);
}

describe('the bench’s network', () => {
	it('hands on every octet in order, slow or not', async () => {
		const { wire, port } = await wired();
		expect((await ask(port)).equals(WHOLE)).toBe(true);
		wire.pace = { roundTripMs: 4, kbitPerSecond: 50_000 };
		for (const answer of await Promise.all([ask(port), ask(port), ask(port)]))
			expect(answer.equals(WHOLE)).toBe(true);
	});

	it('is never faster than its rate and its trips allow', async () => {
		const { wire, port } = await wired();
		wire.pace = { roundTripMs: 40, kbitPerSecond: 4_000 };
		const startedMs = performance.now();
		await Promise.all([ask(port), ask(port)]);
		// Two answers at 4 Mbit/s, behind a handshake and a question's way there and back.
		expect(performance.now() - startedMs).toBeGreaterThanOrEqual(400 + 2 * 40 - 5);
	});
});

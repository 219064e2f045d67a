/**
 * The virtual meter on one byte stream: octets in, answers out, until the stream ends. All deciding is
 * in the sans-IO endpoint; here is only the waiting.
 */
import { concatBytes } from '#lib/core/bytes/writer.ts';
import type { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import type { Timer, Transport } from './transport.ts';

export const WOKEN = Symbol('woken');

/** Waits for octets, or for the time to come. */
export function receiveUntil(
	incoming: Promise<Uint8Array | undefined>,
	wakeAtMs: number | undefined,
	timer: Timer,
): Promise<Uint8Array | undefined | typeof WOKEN> {
	if (wakeAtMs === undefined) return incoming;
	return new Promise((resolve, reject) => {
		const callOff = timer.wakeAt(wakeAtMs, () => resolve(WOKEN));
		incoming.then(
			(octets) => {
				callOff();
				resolve(octets);
			},
			(error: unknown) => {
				callOff();
				reject(error as Error);
			},
		);
	});
}

/**
 * Answers on `transport` until it ends. `makeSafe` is called before any answer goes out, and keeps what
 * must outlive us: counters, the meter. Rejects where the transport or `makeSafe` does.
 */
export async function answerOn(
	transport: Transport,
	endpoint: MeterEndpoint,
	timer: Timer,
	makeSafe: () => void = () => undefined,
): Promise<void> {
	let incoming = transport.receive();
	for (;;) {
		const came = await receiveUntil(incoming, endpoint.wakeAtMs, timer);
		if (came === undefined) return;
		if (came === WOKEN) endpoint.wake(timer.nowMs());
		else {
			endpoint.receive(came, timer.nowMs());
			incoming = transport.receive();
		}
		const output = endpoint.takeOutput();
		if (output.length === 0) continue;
		makeSafe();
		await transport.send(output.length === 1 ? (output[0] as Uint8Array) : concatBytes(...output));
	}
}

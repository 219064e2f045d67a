/** Where a virtual meter can be reached over TCP: with the wrapper or with HDLC. */
import { createServer, type Server, type Socket } from 'node:net';
import { meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import { LOGICAL_DEVICE } from '#lib/core/meter/cosem/association-objects.ts';
import { answerOn } from '#lib/link/meter-responder.ts';
import type { VirtualMeterDevice } from '#lib/link/virtual-meter-device.ts';
import { NODE_TIMER } from './node-timer.ts';
import { streamTransport } from './stream-transport.ts';

/** The physical device in HDLC addresses of two and four octets. */
export const PHYSICAL_DEVICE = 17;

/** Connections at the same time on one port. */
export const MAX_CONNECTIONS = 32;

/** A connection on which nothing comes for this long is closed. */
export const IDLE_TIMEOUT_MS = 180_000;

/** What HDLC offers: the client may ask for less. */
export const HDLC_PARAMETERS = {
	infoTransmit: 1024,
	infoReceive: 1024,
	windowTransmit: 7,
	windowReceive: 7,
} as const;

/** Octets on a byte stream, framed one way or the other. */
export type Framing = 'wrapper' | 'hdlc';

/** The meter's end of a new stream. */
export function linkOf(framing: Framing): MessageLink {
	return framing === 'wrapper'
		? new WrapperLink({ role: 'meter' })
		: new HdlcLink({
				role: 'meter',
				own: meterAddress(LOGICAL_DEVICE, PHYSICAL_DEVICE),
				devices: [LOGICAL_DEVICE],
				parameters: HDLC_PARAMETERS,
			});
}

/** What a listener is told to do beside answering. */
export interface Surroundings {
	/** Called before any answer goes out. */
	readonly makeSafe: () => void;
	/** A stream ended because something went wrong on our side. */
	readonly failed: (error: unknown) => void;
}

/** Answers on one socket until it ends. */
async function serve(
	socket: Socket,
	device: VirtualMeterDevice,
	framing: Framing,
	{ makeSafe, failed }: Surroundings,
): Promise<void> {
	socket.setNoDelay(true);
	socket.setTimeout(IDLE_TIMEOUT_MS, () => socket.destroy());
	const transport = streamTransport(socket, socket);
	try {
		await answerOn(transport, device.endpoint(linkOf(framing)), NODE_TIMER, makeSafe);
	} catch (error) {
		failed(error);
	} finally {
		await transport.close();
	}
}

/** Listens on a TCP port; resolves when it does. Port 0 takes any that is free. */
export function listenTcp(
	device: VirtualMeterDevice,
	framing: Framing,
	place: { readonly host: string; readonly port: number },
	surroundings: Surroundings,
): Promise<Server> {
	const listener = createServer((socket) => void serve(socket, device, framing, surroundings));
	listener.maxConnections = MAX_CONNECTIONS;
	return new Promise((resolve, reject) => {
		listener.once('error', reject);
		listener.listen(place.port, place.host, () => resolve(listener));
	});
}

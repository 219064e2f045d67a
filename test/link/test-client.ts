/** A DLMS client of the core on any transport, for tests: it asks and waits for the answer. */
import { FULL_CONFORMANCE } from '#lib/core/dlms/apdu/conformance.ts';
import { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import {
	ClientEndpoint,
	type ClientEndpointEvent,
} from '#lib/core/dlms/association/client-endpoint.ts';
import type { Answer, Wish } from '#lib/core/dlms/association/wish.ts';
import { clientAddress, meterAddress } from '#lib/core/dlms/hdlc/address.ts';
import { HdlcLink } from '#lib/core/dlms/hdlc/link.ts';
import type { MessageLink } from '#lib/core/dlms/message-link.ts';
import type { Data } from '#lib/core/dlms/axdr/data-type.ts';
import { obis } from '#lib/core/dlms/cosem/obis.ts';
import { type CounterPort, volatileCounters } from '#lib/core/dlms/security/counter.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import { parseHex } from '#lib/core/bytes/hex.ts';
import {
	CLIENT_SETUPS,
	type ClientSetup,
	type KeySet,
	secretOf,
	TEST_KEY_SETS,
} from '#lib/core/meter/cosem/client-setups.ts';
import type { Transport } from '#lib/link/transport.ts';

export const CLIENT_TITLE = parseHex('434c490000000001');

export function linkOfClient(framing: 'wrapper' | 'hdlc', client: number): MessageLink {
	return framing === 'wrapper'
		? new WrapperLink({ role: 'client', client, device: 1 })
		: new HdlcLink({ role: 'client', own: clientAddress(client), peer: meterAddress(1, 17) });
}

export const setupOf = (client: number): ClientSetup =>
	CLIENT_SETUPS.find((setup) => setup.client === client) as ClientSetup;

/** The client of a set-up; a few things may be wrong on purpose. */
export function associationOf(
	setup: ClientSetup,
	wrong: { counters?: CounterPort; keys?: KeySet; secret?: Uint8Array } = {},
): ClientAssociation {
	const keys = wrong.keys ?? TEST_KEY_SETS[setup.keySet ?? 0];
	const secret = wrong.secret ?? secretOf(setup);
	if (!keys) throw new Error('no such keys');
	return new ClientAssociation({
		context: setup.context,
		mechanism: setup.mechanism,
		challenge: new Uint8Array(16).fill(0xc1),
		systemTitle: CLIENT_TITLE,
		security: {
			suite: keys.suite,
			keys: {
				unicast: parseHex(keys.unicastHex),
				authentication: parseHex(keys.authenticationHex),
			},
			protection: 'authenticated-encrypted',
			form: 'service',
			peerTitle: new Uint8Array(),
			counters: wrong.counters ?? volatileCounters({ send: 1 }),
			sendSpace: 'send',
		},
		conformance: FULL_CONFORMANCE,
		maxPdu: 0xffff,
		...(secret && { secret }),
	});
}

export class TestClient {
	readonly #transport: Transport;
	readonly #endpoint: ClientEndpoint;

	constructor(transport: Transport, link: MessageLink, association: ClientAssociation) {
		this.#transport = transport;
		this.#endpoint = new ClientEndpoint(link, association);
	}

	/** Connects and associates; what came of it. */
	async associate(): Promise<ClientEndpointEvent> {
		this.#endpoint.connect(0);
		// A wrapper has nothing to wait for: it stands at the next wake-up.
		const events = this.#endpoint.wakeAtMs === 0 ? this.#endpoint.wake(0) : [];
		return events[0] ?? (await this.#next());
	}

	async ask(wish: Wish): Promise<Answer> {
		const refusal = this.#endpoint.request(wish, 0);
		if (refusal) throw new Error(JSON.stringify(refusal));
		const event = await this.#next();
		if (event.kind !== 'answer') throw new Error(JSON.stringify(event));
		return event.answer;
	}

	/** Reads an attribute; the code of the refusal where there is one. */
	async get(classId: number, name: string, attribute: number): Promise<Data | number> {
		const target = { classId, logicalName: obis(name), attribute };
		const answer = await this.ask({ kind: 'get', target });
		if (answer.kind !== 'get') throw new Error(answer.kind);
		return 'data' in answer.result ? answer.result.data : answer.result.error;
	}

	async release(): Promise<ClientEndpointEvent> {
		this.#endpoint.release(0);
		return this.#next();
	}

	async #next(): Promise<ClientEndpointEvent> {
		for (;;) {
			for (const octets of this.#endpoint.takeOutput()) await this.#transport.send(octets);
			const octets = await this.#transport.receive();
			if (!octets) throw new Error('the stream has ended');
			const [event] = this.#endpoint.receive(octets, 0);
			if (event) return event;
		}
	}
}

/**
 * `npm run bench -- dlms`: APDUs, profiles and whole exchanges per second on one core, plain and
 * ciphered, beside what the same AES-GCM calls cost alone; sessions on a slow line; one outstanding GET
 * over loopback TCP.
 */
import { createServer, connect, type Server, type Socket } from 'node:net';
import { gcm } from '@noble/ciphers/aes.js';
import { decodeApdu, encodeApdu } from '#lib/core/dlms/apdu/apdu.ts';
import { ClientEndpoint } from '#lib/core/dlms/association/client-endpoint.ts';
import type { ClientAssociation } from '#lib/core/dlms/association/client.ts';
import { MeterAssociation } from '#lib/core/dlms/association/meter.ts';
import { MeterEndpoint } from '#lib/core/dlms/association/meter-endpoint.ts';
import { doubleLongUnsigned } from '#lib/core/dlms/axdr/build.ts';
import { decodeData } from '#lib/core/dlms/axdr/decode.ts';
import { encodeData } from '#lib/core/dlms/axdr/encode.ts';
import { cipherPayload, openPayload } from '#lib/core/dlms/security/cipher.ts';
import { WrapperLink } from '#lib/core/dlms/wrapper/link.ts';
import { benchLine } from './dlms-line.ts';
import {
	benchClient,
	benchMeter,
	ENTER,
	KEYS,
	PROFILE_DATA,
	REGISTER,
	type Security,
	TOKEN,
} from './dlms-pair.ts';
import { beside, countFor, machine, perSecond, printRate } from './measure.ts';

const invoke = 0xc1;
const CONTEXT = {
	key: KEYS.unicast,
	authenticationKey: KEYS.authentication,
	systemTitle: new Uint8Array(8).fill(0x4d),
};

function benchCodec(): void {
	const value = doubleLongUnsigned(1_234_567);
	const apdus = {
		'GET request': { apdu: 'get-request', kind: 'normal', invoke, target: REGISTER },
		'GET response': { apdu: 'get-response', kind: 'normal', invoke, result: { data: value } },
		'SET request': { apdu: 'set-request', kind: 'normal', invoke, target: REGISTER, data: value },
		'ACTION request': {
			apdu: 'action-request',
			kind: 'normal',
			invoke,
			target: ENTER,
			parameter: TOKEN,
		},
	} as const;
	for (const [name, apdu] of Object.entries(apdus)) {
		const octets = encodeApdu(apdu);
		printRate(
			`encode ${name}`,
			perSecond(() => encodeApdu(apdu).length),
		);
		printRate(
			`decode ${name}`,
			perSecond(() => decodeApdu(octets)),
		);
	}
	const profile = encodeData(PROFILE_DATA);
	const sealed = cipherPayload(CONTEXT, 0x30, 1, profile);
	printRate(
		'encode 1,000 rows',
		perSecond(() => encodeData(PROFILE_DATA).length),
	);
	printRate(
		'decode 1,000 rows',
		perSecond(() => decodeData(profile)),
	);
	printRate(
		'encode 1,000 ciphered',
		perSecond((index) => cipherPayload(CONTEXT, 0x30, index, encodeData(PROFILE_DATA)).length),
	);
	printRate(
		'decode 1,000 ciphered',
		perSecond(() => {
			const opened = openPayload(CONTEXT, sealed);
			return 'plaintext' in opened && decodeData(opened.plaintext);
		}),
	);
}

/** A client and a meter that are associated, message by message. */
function associated(security: Security): { client: ClientAssociation; meter: MeterAssociation } {
	const client = benchClient(security);
	const meter = new MeterAssociation(benchMeter(security), { client: 1, device: 1 });
	let waiting = client.associate();
	while (waiting.length > 0)
		waiting = waiting.flatMap((event) =>
			event.kind === 'send'
				? meter.receive(event.octets).flatMap((answer) => client.receive(answer))
				: [],
		);
	return { client, meter };
}

/** GET of a register: encoded, served, decoded. */
function exchange({ client, meter }: ReturnType<typeof associated>): boolean {
	const asked = client.request({ kind: 'get', target: REGISTER });
	if ('refused' in asked || asked[0]?.kind !== 'send') return false;
	const [answer] = meter.receive(asked[0].octets);
	return answer !== undefined && client.receive(answer)[0]?.kind === 'answer';
}

/**
 * The AES-GCM of one exchange and nothing else: the request and the answer sealed by one side and
 * opened by the other, each as the library does it in one call, with tags of 16 octets.
 */
function gcmAlone(): (index: number) => unknown {
	const aad = new Uint8Array(17).fill(0xd0);
	const [request, answer] = [new Uint8Array(13), new Uint8Array(9)];
	const iv = new Uint8Array(12);
	const [sealedRequest, sealedAnswer] = [request, answer].map((plain) =>
		gcm(KEYS.unicast, iv, aad).encrypt(plain),
	) as [Uint8Array, Uint8Array];
	return (index) => {
		iv[11] = index & 0xff;
		gcm(KEYS.unicast, iv, aad).encrypt(request);
		gcm(KEYS.unicast, iv, aad).encrypt(answer);
		iv[11] = 0;
		gcm(KEYS.unicast, iv, aad).decrypt(sealedRequest);
		return gcm(KEYS.unicast, iv, aad).decrypt(sealedAnswer);
	};
}

/** What the Java library was measured at, ciphered, a second, in thousands. */
const JAVA_CIPHERED = [44, 71] as const;

async function benchExchange(): Promise<void> {
	console.log('\nGET of a register, encoded + served + decoded in process');
	const plain = associated('plain');
	printRate(
		'plain',
		perSecond(() => exchange(plain)),
	);
	const ciphered = associated('ciphered');
	const alone = gcmAlone();
	const { rate, bound, ratio } = await beside(
		(durationMs) => countFor(durationMs, () => exchange(ciphered)),
		(durationMs) => countFor(durationMs, alone),
	);
	printRate('ciphered (AES-GCM)', rate);
	printRate('the AES-GCM alone', bound);
	const [slow, fast] = JAVA_CIPHERED;
	const share = (thousands: number) => (rate / 1000 / thousands).toFixed(2);
	console.log(
		`ciphered reaches ${ratio.toFixed(2)} of the AES-GCM calls alone (JavaScript, no AES instructions), which bound it`,
	);
	console.log(
		`the Java library was measured at ${slow}–${fast} thousand: this is ${share(fast)}–${share(slow)} of it`,
	);
}

/** Round trips between a server and a client that answer each other over loopback TCP. */
class LoopbackPair {
	#socket: Socket | undefined;
	#server: Server | undefined;
	#answers = 0;
	#ended: ((answers: number) => void) | undefined;
	#endsAtMs = 0;

	/** Connects; `ask` gets what to call at each answer and gives what takes the client's octets. */
	async open(
		serve: (socket: Socket) => (octets: Uint8Array) => void,
		ask: (socket: Socket, answered: () => boolean) => (octets: Uint8Array) => void,
	): Promise<void> {
		const server = createServer((socket) => {
			socket.setNoDelay(true);
			socket.on('data', serve(socket));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as { port: number };
		const socket = connect(port, '127.0.0.1');
		socket.setNoDelay(true);
		await new Promise<void>((resolve) => socket.once('connect', resolve));
		socket.on(
			'data',
			ask(socket, () => this.#answered()),
		);
		this.#socket = socket;
		this.#server = server;
	}

	/** Round trips a second while `start` and each answer ask again. */
	async rate(durationMs: number, start: () => void): Promise<number> {
		const startedMs = performance.now();
		this.#answers = 0;
		this.#endsAtMs = startedMs + durationMs;
		const answers = await new Promise<number>((resolve) => {
			this.#ended = resolve;
			start();
		});
		return (answers / (performance.now() - startedMs)) * 1000;
	}

	close(): void {
		this.#socket?.destroy();
		this.#server?.close();
	}

	get socket(): Socket {
		return this.#socket as Socket;
	}

	/** Whether to ask again. */
	#answered(): boolean {
		this.#answers += 1;
		if (performance.now() < this.#endsAtMs) return true;
		this.#ended?.(this.#answers);
		return false;
	}
}

/** One outstanding GET over loopback TCP, beside the same octets echoed by nobody who reads them. */
async function benchTcp(): Promise<void> {
	const exchanges = new LoopbackPair();
	const link = new WrapperLink({ role: 'client', client: 1, device: 1 });
	const client = new ClientEndpoint(link, benchClient('plain'));
	const get = (): void => {
		client.request({ kind: 'get', target: REGISTER }, 0);
		flush(exchanges.socket, client);
	};
	const associated = Promise.withResolvers<undefined>();
	await exchanges.open(
		(socket) => {
			const meter = new MeterEndpoint(new WrapperLink({ role: 'meter' }), benchMeter('plain'));
			return (octets) => {
				meter.receive(octets, 0);
				flush(socket, meter);
			};
		},
		(_socket, answered) => (octets) => {
			for (const { kind } of client.receive(octets, 0)) {
				if (kind === 'associated') associated.resolve(undefined);
				if (kind === 'answer' && answered()) get();
			}
		},
	);
	client.connect(0);
	client.wake(0);
	flush(exchanges.socket, client);
	await associated.promise;
	const echoes = new LoopbackPair();
	const frame = new Uint8Array(21);
	await echoes.open(
		(socket) => (octets) => void socket.write(octets),
		(socket, answered) => () => void (answered() && socket.write(frame)),
	);
	const { rate, bound, ratio } = await beside(
		(durationMs) => exchanges.rate(durationMs, get),
		(durationMs) => echoes.rate(durationMs, () => void echoes.socket.write(frame)),
	);
	exchanges.close();
	echoes.close();
	console.log('\nLoopback TCP, wrapper, one outstanding GET, both ends in this process');
	printRate('GET, plain', rate);
	printRate('the octets alone', bound);
	console.log(`the exchange reaches ${ratio.toFixed(2)} of a bare echo: the sockets bound it`);
}

function flush(socket: Socket, end: { takeOutput(): Uint8Array[] }): void {
	for (const octets of end.takeOutput()) socket.write(octets);
}

/** Runs everything and prints it. */
export async function run(): Promise<void> {
	console.log(`DLMS/COSEM: ${machine()}`);
	benchCodec();
	await benchExchange();
	benchLine();
	await benchTcp();
}

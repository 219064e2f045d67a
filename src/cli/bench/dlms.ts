/**
 * `npm run bench -- dlms`: APDUs, profiles and whole exchanges per second on one core, plain and
 * ciphered, beside what the same AES-GCM calls cost alone; sessions on a slow line; one outstanding GET
 * over loopback TCP.
 */
import { createServer, connect, type Socket } from 'node:net';
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
import { machine, perSecond, printRate } from './measure.ts';

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

/** The AES-GCM of one exchange and nothing else: two messages sealed, two opened. */
function gcmAlone(): number {
	const aad = new Uint8Array(17).fill(0xd0);
	const [request, answer] = [new Uint8Array(13), new Uint8Array(9)];
	const iv = new Uint8Array(12);
	const sealed = [request, answer].map((plain) => gcm(KEYS.unicast, iv, aad).encrypt(plain));
	return perSecond((index) => {
		iv[11] = index & 0xff;
		gcm(KEYS.unicast, iv, aad).encrypt(request);
		gcm(KEYS.unicast, iv, aad).encrypt(answer);
		iv[11] = 0;
		gcm(KEYS.unicast, iv, aad).decrypt(sealed[0] as Uint8Array);
		return gcm(KEYS.unicast, iv, aad).decrypt(sealed[1] as Uint8Array);
	});
}

function benchExchange(): void {
	console.log('\nGET of a register, encoded + served + decoded in process');
	const plain = associated('plain');
	printRate(
		'plain',
		perSecond(() => exchange(plain)),
	);
	const ciphered = associated('ciphered');
	const rate = perSecond(() => exchange(ciphered));
	const alone = gcmAlone();
	printRate('ciphered (AES-GCM)', rate);
	printRate('the AES-GCM alone', alone);
	console.log(
		`ciphered reaches ${(rate / alone).toFixed(2)} of the AES-GCM calls alone, which bound it`,
	);
}

const TCP_MS = 2000;

/** Round trips per second between a server and a client that answer each other over loopback TCP. */
async function roundTrips(
	serve: (socket: Socket) => (octets: Uint8Array) => void,
	ask: (socket: Socket, answered: () => boolean) => (octets: Uint8Array) => void,
): Promise<number> {
	const server = createServer((socket) => {
		socket.setNoDelay(true);
		socket.on('data', serve(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as { port: number };
	const socket = connect(port, '127.0.0.1');
	socket.setNoDelay(true);
	const count = await new Promise<number>((resolve) => {
		let answers = 0;
		const started = performance.now();
		const answered = (): boolean => {
			answers += 1;
			if (performance.now() - started < TCP_MS) return true;
			resolve(answers);
			return false;
		};
		socket.on('data', ask(socket, answered));
	});
	socket.destroy();
	server.close();
	return (count / TCP_MS) * 1000;
}

/** One outstanding GET over loopback TCP, beside the same octets echoed by nobody who reads them. */
async function benchTcp(): Promise<void> {
	const exchanges = await roundTrips(
		(socket) => {
			const meter = new MeterEndpoint(new WrapperLink({ role: 'meter' }), benchMeter('plain'));
			return (octets) => {
				meter.receive(octets, 0);
				flush(socket, meter);
			};
		},
		(socket, answered) => {
			const link = new WrapperLink({ role: 'client', client: 1, device: 1 });
			const client = new ClientEndpoint(link, benchClient('plain'));
			client.connect(0);
			client.wake(0);
			flush(socket, client);
			return (octets) => {
				for (const { kind } of client.receive(octets, 0))
					if (kind === 'associated' || (kind === 'answer' && answered()))
						client.request({ kind: 'get', target: REGISTER }, 0);
				flush(socket, client);
			};
		},
	);
	const frame = new Uint8Array(21);
	const echoes = await roundTrips(
		(socket) => (octets) => void socket.write(octets),
		(socket, answered) => {
			socket.write(frame);
			return () => void (answered() && socket.write(frame));
		},
	);
	console.log('\nLoopback TCP, wrapper, one outstanding GET');
	printRate('GET, plain', exchanges);
	printRate('the octets alone', echoes);
	console.log(
		`the sockets bound it: the exchange reaches ${(exchanges / echoes).toFixed(2)} of a bare echo`,
	);
}

function flush(socket: Socket, end: { takeOutput(): Uint8Array[] }): void {
	for (const octets of end.takeOutput()) socket.write(octets);
}

/** Runs everything and prints it. */
export async function run(): Promise<void> {
	console.log(`DLMS/COSEM: ${machine()}`);
	benchCodec();
	benchExchange();
	benchLine();
	await benchTcp();
}

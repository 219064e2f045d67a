/**
 * A hardware security module for tests, written from the facts of the protocol (STS 600-8-6) and not from
 * our adapter: it has a reading and writing of its own, a slow check of its own, keys that everyone may
 * know, a clock, and can be told to misbehave.
 */
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { decodeUnits } from '#lib/core/sts/amount-units.ts';
import { prepareCipher } from '#lib/core/sts/ciphers/cipher.ts';
import { decodeToken } from '#lib/core/sts/decode.ts';
import { deriveDecoderKey } from '#lib/core/sts/decoder-key.ts';
import { encodeToken } from '#lib/core/sts/encode.ts';
import { encodeKeyChange } from '#lib/core/sts/key-change.ts';
import type { KeyType } from '#lib/core/sts/key-type.ts';
import { parseMeterPan } from '#lib/core/sts/meter-pan.ts';
import { BASE_DATE_MS, isTidExpired, type BaseDate } from '#lib/core/sts/tid.ts';

/** A register and the key in it. */
export interface SimulatedKey {
	readonly register: number;
	readonly sgc: string;
	readonly krn: number;
	readonly kt: number;
	readonly dkga: number;
	readonly baseYear: number;
	readonly ken: number;
	readonly activeFromMs: number;
	readonly issueUntilMs: number | null;
	readonly unitLimitDeciKwh: number | null;
	readonly bytes: Uint8Array;
}

/** What happens to the next answer. */
export type Mischief =
	| { kind: 'hang' }
	/** Sent when the promise is kept. */
	| { kind: 'held'; until: Promise<unknown> }
	/** The connection ends after so many octets of the answer. */
	| { kind: 'cut'; octets: number }
	/** Other octets than the answer. */
	| { kind: 'octets'; octets: string }
	| { kind: 'status'; status: string }
	/** The answer's text, changed before its check is made. */
	| { kind: 'text'; change: (text: string) => string }
	/** The whole answer's octets, changed. */
	| { kind: 'line'; change: (line: string) => string }
	/** One octet at a time. */
	| { kind: 'drip' };

export interface HsmSimulator {
	readonly port: number;
	/** Its clock. */
	nowMs: number;
	/** Minutes that a TID may be away from its clock. */
	windowMinutes: number;
	/** What happens to the coming answers, one after the other. */
	readonly mischief: Mischief[];
	/** Requests it has understood, as text. */
	readonly heard: string[];
	/** Connections that were ever made, and those that stand. */
	readonly connections: { made: number; standing: number; most: number };
	close(): Promise<void>;
	/** Ends every connection and takes no more until `listenAgain`. */
	stopListening(): Promise<void>;
	listenAgain(): Promise<void>;
}

/** CRC-16/ARC bit by bit. */
export function slowCheck(text: string): string {
	let crc = 0;
	for (const character of text) {
		crc ^= character.charCodeAt(0);
		for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
	}
	return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** The octets that one maker's TCP bridge puts before each frame. */
const BRIDGE = Buffer.from('00edf12b00feed', 'hex').toString('latin1');

class Status extends Error {
	readonly status: string;
	constructor(status: string) {
		super(status);
		this.status = status;
	}
}

export async function startHsmSimulator(
	keys: readonly SimulatedKey[],
	options: { bridge?: boolean; attributes?: 'named' | 'paired'; nowMs: number },
): Promise<HsmSimulator> {
	const registers = new Map(keys.map((key) => [key.register, key]));
	const spent = new Map<number, number>();
	const made = new Map<number, number>();
	const sockets = new Set<Socket>();
	let rnd = 0;
	let server: Server;

	const simulator = {
		port: 0,
		nowMs: options.nowMs,
		windowMinutes: 60 * 24 * 3650,
		mischief: [] as Mischief[],
		heard: [] as string[],
		connections: { made: 0, standing: 0, most: 0 },
		async stopListening() {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
		listenAgain: () => listen(simulator.port),
		close: () => simulator.stopListening(),
	};

	async function listen(port: number): Promise<void> {
		server = createServer(take);
		await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
		simulator.port = (server.address() as AddressInfo).port;
	}

	function take(socket: Socket): void {
		const { connections } = simulator;
		sockets.add(socket);
		connections.made += 1;
		connections.standing += 1;
		connections.most = Math.max(connections.most, connections.standing);
		let waiting = '';
		socket.on('error', () => undefined);
		socket.on('close', () => {
			sockets.delete(socket);
			connections.standing -= 1;
		});
		socket.on('data', (octets) => {
			waiting += octets.toString('latin1');
			for (let end = waiting.indexOf('\r'); end >= 0; end = waiting.indexOf('\r')) {
				const line = waiting.slice(0, end);
				waiting = waiting.slice(end + 1);
				reply(socket, answerTo(options.bridge ? withoutBridge(line) : line));
			}
		});
	}

	function withoutBridge(line: string): string {
		if (!line.startsWith(BRIDGE)) throw new Error('the bridge’s octets are missing');
		return line.slice(BRIDGE.length);
	}

	function reply(socket: Socket, text: string): void {
		const mischief = simulator.mischief.shift();
		const changed =
			mischief?.kind === 'text'
				? mischief.change(text)
				: mischief?.kind === 'status'
					? text.slice(0, 5) + mischief.status
					: text;
		const line = `${options.bridge ? BRIDGE : ''}${changed}${slowCheck(changed)}\r`;
		const send = (octets: string) => socket.write(Buffer.from(octets, 'latin1'));
		switch (mischief?.kind) {
			case 'hang':
				return;
			case 'held':
				void mischief.until.then(() => socket.destroyed || send(line));
				return;
			case 'cut':
				if (mischief.octets > 0) socket.end(Buffer.from(line.slice(0, mischief.octets), 'latin1'));
				else socket.destroy();
				return;
			case 'octets':
				send(mischief.octets);
				return;
			case 'line':
				send(mischief.change(line));
				return;
			case 'drip':
				for (const octet of line) send(octet);
				return;
			default:
				send(line);
		}
	}

	function answerTo(line: string): string {
		const [text, check] = [line.slice(0, -4), line.slice(-4)];
		if (slowCheck(text) !== check.toUpperCase()) return 'GL!ER20';
		simulator.heard.push(text);
		const command = text.slice(3, 5);
		const fields = text
			.slice(5)
			.split('~')
			.slice(0, -1)
			.map((field) => field.slice(1));
		try {
			const run = COMMANDS[command];
			if (!text.startsWith('SM?') || run === undefined) throw new Status('21');
			return `SM!${command}00${run(fields)}`;
		} catch (error) {
			if (error instanceof Status) return `SM!${command}${error.status}`;
			throw error;
		}
	}

	const keyIn = (register: string | undefined): SimulatedKey => {
		const key = registers.get(Number(register));
		if (key === undefined) throw new Status('28');
		return key;
	};

	/** The meter's cipher under a register's key. */
	function cipherUnder(
		key: SimulatedKey,
		pan: string | undefined,
		ti: string | undefined,
		ea: string | undefined,
	) {
		const { decoderKey, eaNumber } = decoderKeyUnder(key, pan, ti, ea);
		return prepareCipher(eaNumber, decoderKey);
	}

	function decoderKeyUnder(
		key: SimulatedKey,
		pan = '',
		ti: string | undefined,
		ea: string | undefined,
	) {
		if ('refusal' in parseMeterPan(pan)) throw new Status('76');
		const eaNumber = Number(ea) === 7 ? 7 : 11;
		const derived = deriveDecoderKey(
			{ dkga: key.dkga as 2, bytes: key.bytes },
			{
				...{ pan, ea: eaNumber, sgc: key.sgc, ti: Number(ti), krn: key.krn },
				kt: key.kt as KeyType,
				baseDate: key.baseYear as BaseDate,
			},
		);
		if ('refusal' in derived) throw new Status('40');
		return { decoderKey: derived.decoderKey, eaNumber } as const;
	}

	function checkPeriod({ activeFromMs, issueUntilMs }: SimulatedKey): void {
		if (simulator.nowMs < activeFromMs) throw new Status('43');
		if (issueUntilMs !== null && simulator.nowMs >= issueUntilMs) throw new Status('42');
	}

	function checkTid(key: SimulatedKey, tid: number): void {
		const clock = Math.floor((simulator.nowMs - BASE_DATE_MS[key.baseYear as BaseDate]) / 60_000);
		if (isTidExpired(tid, key.ken)) throw new Status('41');
		if (Math.abs(tid - clock) > simulator.windowMinutes) throw new Status('44');
	}

	const countFor = (register: number) => made.set(register, (made.get(register) ?? 0) + 1);

	/** VC and VM: register, PAN, TI, EA, TCT, subclass, amount, TID. */
	function stamped(classNumber: 0 | 2, fields: string[]): string {
		if (fields.length !== 8) throw new Status('60');
		const [register, pan, ti, ea, tct, subclass, amountHex = '', tidHex = ''] = fields;
		const key = keyIn(register);
		const [amount, tid] = [Number.parseInt(amountHex, 16), Number.parseInt(tidHex, 16)];
		checkPeriod(key);
		checkTid(key, tid);
		if ((key.kt === 1 && classNumber === 0) || (key.kt === 3 && Number(tct) !== 1))
			throw new Status('05');
		const cipher = cipherUnder(key, pan, ti, ea);
		if (classNumber === 0) {
			const after = (spent.get(key.register) ?? 0) + decodeUnits(amount);
			if (key.unitLimitDeciKwh !== null && after > key.unitLimitDeciKwh) throw new Status('31');
			spent.set(key.register, after);
		}
		rnd = (rnd + 1) % 16;
		countFor(key.register);
		const fieldsOf =
			classNumber === 0 ? { rnd, tid, amount } : ({ rnd, tid, value: amount } as never);
		const digits = encodeToken(
			{ classNumber, subclass: Number(subclass), fields: fieldsOf } as never,
			cipher,
		);
		return `P${digits}~H${BigInt(digits).toString(16).toUpperCase().padStart(17, '0')}~`;
	}

	/** VK: old register, new register, PAN, TI old, EA, TCT, TI new, number of tokens. */
	function keyChange(fields: string[]): string {
		if (fields.length !== 8) throw new Status('60');
		const [oldRegister, newRegister, pan, tiOld, ea, , tiNew, count] = fields;
		const [from, to] = [keyIn(oldRegister), keyIn(newRegister)];
		if (from.kt === 3 || ![1, 2].includes(to.kt)) throw new Status('29');
		checkPeriod(to);
		const clock = Math.floor((simulator.nowMs - BASE_DATE_MS[to.baseYear as BaseDate]) / 60_000);
		if (isTidExpired(clock, to.ken)) throw new Status('41');
		if ((Number(ea) === 11) !== (Number(count) === 4)) throw new Status('85');
		const rollover = to.baseYear > from.baseYear;
		const { ken, krn, kt, sgc } = to;
		const digits = encodeKeyChange(
			{
				decoderKey: decoderKeyUnder(to, pan, tiNew, ea).decoderKey,
				...{ ken, krn, kt: kt as KeyType, ti: Number(tiNew), rollover },
				sgc: Number(count) === 2 ? undefined : sgc,
			},
			cipherUnder(from, pan, tiOld, ea),
		);
		countFor(to.register);
		const hex = digits.map((one) => BigInt(one).toString(16).toUpperCase().padStart(17, '0'));
		return `N${rollover ? 1 : 0}~N${digits.length}~H${hex.join('')}~P${digits.join('')}~`;
	}

	/** VT: register, PAN, TI, EA, token. */
	function verify([register, pan, ti, ea, token = '']: string[]): string {
		const decoded = decodeToken(token, cipherUnder(keyIn(register), pan, ti, ea));
		if ('refusal' in decoded) return 'N3~N0~N0~H0000~H000000~';
		const { classNumber, subclass } = decoded.token;
		const fields = decoded.token.fields as Record<string, number>;
		const hex = (value: number | undefined, width: number) =>
			(value ?? 0).toString(16).toUpperCase().padStart(width, '0');
		return `N0~N${classNumber}~N${subclass}~H${hex(fields.amount ?? fields.value, 4)}~H${hex(fields.tid, 6)}~`;
	}

	/** GA: register. */
	function attributes([register]: string[]): string {
		const { register: at, baseYear, ken, sgc, krn } = keyIn(register);
		const list = [
			['SGC', sgc],
			['KRN', krn],
			['BDT', `${baseYear}0101`],
			['KEN', ken],
			['CNT', made.get(at) ?? 0],
		];
		const between = options.attributes === 'paired' ? ';' : '=';
		return `D${list.map((pair) => pair.join(between)).join(';')}~`;
	}

	const COMMANDS: Record<string, (fields: string[]) => string> = {
		VC: (fields) => stamped(0, fields),
		VM: (fields) => stamped(2, fields),
		VK: keyChange,
		VT: verify,
		GA: attributes,
		DI: () => 'DSIMULATED-HSM 0001~',
		CQ: () => `D${new Date(simulator.nowMs).toISOString()}~N${simulator.windowMinutes}~`,
	};

	await listen(0);
	return simulator;
}

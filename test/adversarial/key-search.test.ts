/**
 * The vending keys are looked for where they must not be: in the app process's memory while it sells, in
 * what it wrote to its log, and in every file of its state folder. The same search must find them in the
 * module's process, and must find in the app's memory what is known to be there: else it proves nothing.
 */
import {
	mkdtempSync,
	openSync,
	readFileSync,
	readdirSync,
	readSync,
	rmSync,
	closeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveDecoderKey } from '#lib/core/sts/decoder-key.ts';
import { meterPanOf } from '#lib/core/sts/meter-pan.ts';
import { readSettings } from '#lib/server/environment.ts';
import { openKeyFile, type StoredKey } from '#lib/server/security-module/key-file.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';
import { ask, orderOverHttp, tap, vendAt } from '../server/harness/http-shop.ts';
import { digitsOf, KITCHEN, WORKSHOP } from '../server/harness/shop.ts';
import { AppProcess } from '../harness/app-process.ts';

const home = mkdtempSync(join(tmpdir(), 'tokenline-keys-'));
const { paths } = readSettings({ TOKENLINE_HOME: home }, process.cwd());
let app: AppProcess;
let keys: StoredKey[];
let digits: string[];
/** A meter of a real supply group that was sold to; its decoder key may be nowhere but in the module. */
let real: string;

beforeAll(async () => {
	await ensureBuild();
	app = await AppProcess.at(home);
	keys = [...openKeyFile(paths).keys.values()];
	real = '37204100004';
	digits = [];
	for (const drn of [KITCHEN, WORKSHOP, real]) {
		const sale = await orderOverHttp(app.origin, drn, 200_000);
		await tap(app.origin, sale);
		digits.push(digitsOf(await vendAt(app.origin, sale.id)));
	}
	await ask(app.origin, 'GET', `/api/v1/virtual-meters/${KITCHEN}`);
}, 240_000);
afterAll(async () => {
	await app.stop();
	rmSync(home, { recursive: true, force: true });
});

/** A secret in every form in which it could lie about. */
function formsOf(secret: Buffer): Buffer[] {
	const hex = secret.toString('hex');
	const texts = [hex, hex.toUpperCase(), secret.toString('base64'), secret.toString('base64url')];
	return [secret, ...texts.flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')])];
}

const secrets = (): Buffer[] => [
	...keys.flatMap(({ bytes }) => formsOf(bytes)),
	...formsOf(decoderKeyOf(real)),
	Buffer.from(readFileSync(paths.passphraseFile, 'utf8').trim()),
];

function decoderKeyOf(drn: string): Buffer {
	const key = keys.find(({ slot }) => slot === 'lakeside-town-2');
	if (key === undefined) throw new Error('no such slot');
	const derived = deriveDecoderKey(
		{ dkga: 4, bytes: key.bytes },
		{ pan: meterPanOf(drn), ea: 7, sgc: key.sgc, ti: 1, krn: key.krn, kt: 2, baseDate: 2014 },
	);
	if ('refusal' in derived) throw new Error(derived.refusal);
	return Buffer.from(derived.decoderKey);
}

/** How many of the needles occur in a process's readable memory; undefined where that cannot be read. */
function searchMemory(pid: number, needles: readonly Buffer[]): number | undefined {
	let maps: string;
	let memory: number;
	try {
		maps = readFileSync(`/proc/${pid}/maps`, 'latin1');
		memory = openSync(`/proc/${pid}/mem`, 'r');
	} catch {
		return undefined;
	}
	const found = new Set<Buffer>();
	try {
		for (const region of writableRegions(maps)) {
			search(readRegion(memory, region), needles, found);
		}
	} finally {
		closeSync(memory);
	}
	return found.size;
}

const PAGE = 4_096;
const UNTOUCHED = Buffer.alloc(PAGE);

/** One pass over the bytes for all needles: where two octets begin one, the rest is compared. */
function search(bytes: Buffer, needles: readonly Buffer[], found: Set<Buffer>): void {
	const byStart = new Map(needles.map((needle) => [needle.readUInt16LE(), [] as Buffer[]]));
	for (const needle of needles) byStart.get(needle.readUInt16LE())?.push(needle);
	const isStart = new Uint8Array(65_536);
	for (const start of byStart.keys()) isStart[start] = 1;
	for (let page = 0; page < bytes.length; page += PAGE) {
		const end = Math.min(page + PAGE, bytes.length - 1);
		// Most of what a process has set aside it never wrote to.
		if (bytes.subarray(page, page + PAGE).equals(UNTOUCHED)) continue;
		for (let at = page; at < end; at += 1) {
			const start = bytes[at]! | (bytes[at + 1]! << 8);
			if (isStart[start] === 0) continue;
			for (const needle of byStart.get(start) ?? [])
				if (bytes.subarray(at, at + needle.length).equals(needle)) found.add(needle);
		}
	}
}

interface Region {
	readonly from: bigint;
	readonly size: number;
}

/** Whatever a process may write to: heap, stacks, buffers. Its code and constants are the same everywhere. */
function writableRegions(maps: string): Region[] {
	return maps.split('\n').flatMap((line) => {
		const [, from, to] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
		if (from === undefined || to === undefined) return [];
		const start = BigInt(`0x${from}`);
		return [{ from: start, size: Number(BigInt(`0x${to}`) - start) }];
	});
}

function readRegion(memory: number, { from, size }: Region): Buffer {
	const bytes = Buffer.alloc(size);
	try {
		const read = readSync(memory, bytes, 0, size, from);
		return bytes.subarray(0, read);
	} catch {
		// A region that went away, or one of the kernel's that only looks readable.
		return Buffer.alloc(0);
	}
}

describe('the vending keys', () => {
	it('are not in the memory of the app process, which sells with them', (test) => {
		const pid = app.pid;
		const known = searchMemory(pid, [Buffer.from('Lakeside Power & Light')]);
		const inModule = searchMemory(
			app.modulePid(),
			keys.map(({ bytes }) => bytes),
		);
		if (known === undefined || inModule === undefined)
			return test.skip('the memory of another process cannot be read here');
		expect(known).toBe(1);
		expect(inModule).toBe(keys.length);
		expect(searchMemory(pid, secrets())).toBe(0);
	}, 120_000);

	it('are in no log and no file, sealed or not', () => {
		const files = readdirSync(home, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.filter((path) => path !== paths.passphraseFile);
		const written = Buffer.concat([
			Buffer.from(app.output),
			...files.map((path) => readFileSync(path)),
		]);
		expect(files.length).toBeGreaterThan(3);
		expect(written.includes('Lakeside Power & Light')).toBe(true);
		expect(secrets().filter((secret) => written.includes(secret))).toEqual([]);
	});

	it('leave no token in the log either', () => {
		expect(digits.filter((token) => app.output.includes(token))).toEqual([]);
	});
});

/**
 * `npm run bench -- sync`: a till that hands in what it sold without a network. Queues of three lengths are
 * drained over a link of 150 ms (`--rows 10000` the longest): rows per second, requests, octets and memory, and
 * whether a row costs as much in a long queue as in a short one. A sale with a network, beside the bare request.
 * And how soon a meter's sales are found among a hundred thousand (`--sales 100000`) in a real Chromium that is
 * four times slower than this machine. The device is this process, with a browser's database in memory; the
 * backend, on a SQLite file, and its security module are processes of their own on the same cores.
 */
import 'fake-indexeddb/auto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { MAX_JOURNAL_ROWS } from '#lib/core/sync/wire-till.ts';
import { findChromium } from '../chromium.mjs';
import { BenchTill } from './bench-till.ts';
import { drainQueue, type Drained } from './drain-queue.ts';
import { machine } from './measure.ts';
import { compareOnline, type Compared } from './sell-online.ts';
import { SlowLink } from './slow-link.ts';
import { searchPastSales, SLOWER, type Looked } from './past-sales.ts';
import { SyncBackend } from './sync-process.ts';
import { MOST_QUEUED } from './sync-wire.ts';

const DELAY_MS = 150;
const ONLINE_ROUNDS = 5;

export async function run(): Promise<void> {
	const { values } = parseArgs({
		options: {
			rows: { type: 'string', default: '10000' },
			sales: { type: 'string', default: '100000' },
		},
		strict: false,
		allowPositionals: true,
	});
	console.log(`\nA till’s outbox, ${machine()}, load ${loadavg()[0]?.toFixed(1)}`);
	const rows = Number(values.rows);
	if (rows > MOST_QUEUED) throw new RangeError(`--rows: at most ${MOST_QUEUED}`);
	if (rows > 0) await drainAll(rows);
	const sales = Number(values.sales);
	if (sales > 0) await search(sales);
}

async function drainAll(rows: number): Promise<void> {
	const lengths = [rows / 4, rows / 2, rows].map((count) => Math.max(1, Math.round(count)));
	const backend = await SyncBackend.start(lengths.length + 1, rows);
	const link = new SlowLink(backend.origin);
	const giveBack = link.takeOver();
	try {
		const drained: Drained[] = [];
		for (const [at, length] of lengths.entries()) {
			const waiting = backend.tills[at];
			if (!waiting) throw new RangeError('a till for each length');
			const one = await drainQueue(backend, link, waiting, { rows: length, delayMs: DELAY_MS });
			printDrained(one);
			drained.push(one);
		}
		printLinear(drained);
		link.delayMs = 0;
		const last = backend.tills.at(-1);
		if (last) await sellOnline(backend, link, await BenchTill.open(last));
	} finally {
		giveBack();
		await backend.stop();
	}
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const ratio = (value: number): string => value.toFixed(2);

function printDrained(drained: Drained): void {
	const { rows, requests, up, down, elapsedMs, linkMs, cpuMs, backend, heldOctets } = drained;
	const least = Math.ceil(rows / MAX_JOURNAL_ROWS);
	const mib = (octets: number) => `${(octets / 2 ** 20).toFixed(1)} MiB`;
	console.log(
		`${whole(rows).padStart(7)} rows ${whole((rows / elapsedMs) * 1_000).padStart(6)} rows/s` +
			`  ${requests} requests (least ${least})` +
			`  ${whole(up / rows)} octets up and ${whole(down / rows)} down a row` +
			`  link’s own share of the time ${ratio(linkMs / elapsedMs)}\n` +
			`${''.padEnd(13)}CPU a row ${whole((cpuMs / rows) * 1_000)} µs device,` +
			` ${whole((backend.cpuMs / rows) * 1_000)} µs backend` +
			`  held beside the database ${mib(heldOctets)}, backend ${mib(backend.rssOctets)}` +
			`  written in ${drained.writtenMs.toFixed(1)} ms a row`,
	);
}

/** A row of the longest queue beside one of the shortest: 1 is linear. */
function printLinear(drained: readonly Drained[]): void {
	const [first, last] = [drained[0], drained.at(-1)];
	if (!first || !last) return;
	const beside = (of: (one: Drained) => number) =>
		ratio(of(last) / last.rows / (of(first) / first.rows));
	console.log(
		`  a row of ${whole(last.rows)} costs, beside one of ${whole(first.rows)}:` +
			` time ${beside(({ elapsedMs }) => elapsedMs)}` +
			`  device’s CPU ${beside(({ cpuMs }) => cpuMs)}` +
			`  backend’s CPU ${beside(({ backend }) => backend.cpuMs)}`,
	);
}

async function sellOnline(backend: SyncBackend, link: SlowLink, till: BenchTill): Promise<void> {
	try {
		const { journal, bare }: Compared = await compareOnline(backend, link, till, ONLINE_ROUNDS);
		console.log(
			`  one sale with a network: ${journal.requests} request` +
				`  backend’s CPU ${ratio(journal.backendMs)} ms, bare PUT /vends ${ratio(bare.backendMs)} ms,` +
				` ratio ${ratio(journal.backendMs / bare.backendMs)}` +
				`  device’s CPU ${ratio(journal.deviceMs)} ms, bare ${ratio(bare.deviceMs)} ms`,
		);
	} finally {
		await till.close();
	}
}

async function search(sales: number): Promise<void> {
	const chromium = findChromium();
	if (chromium === undefined) {
		console.log('Past sales: no Chromium or Chrome here, left out');
		return;
	}
	const looked = await searchPastSales(chromium, sales);
	console.log(`${whole(sales)} past sales in Chromium, load ${loadavg()[0]?.toFixed(1)}`);
	for (const [name, plain] of Object.entries(looked.plain))
		printLooked(name, plain, looked.slower[name as keyof typeof looked.slower]);
}

function printLooked(name: string, plain: Looked, slower: Looked): void {
	const ms = ({ medianMs, mostMs, worstMs }: Looked) =>
		`p50 ${medianMs.toFixed(1)} p90 ${mostMs.toFixed(1)} worst ${worstMs.toFixed(1)} ms`;
	console.log(
		`  ${name.padEnd(24)} ${ms(plain)}   ${SLOWER}× slower ${ms(slower)}` +
			`   ratio ${ratio(slower.medianMs / plain.medianMs)}`,
	);
}

/**
 * Sixty-four kiosks sell at once through two app processes on one database, while one process or the other
 * is killed, answers are lost, requests are doubled, the security module stops and goes on, and the clock is
 * moved. At the end: nothing lost, nothing doubled, no TID twice, every account to the cent.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '#lib/server/database/open.ts';
import { chanceFrom } from '#lib/server/seed/chance.ts';
import { AppProcess } from '../harness/app-process.ts';
import { Kiosk, type Sold } from '../harness/kiosk.ts';
import { NO_POSTGRES, PostgresServer } from '../harness/postgres.ts';
import { whatIsWrong } from '../server/harness/books.ts';
import { ensureBuild } from '../server/harness/ensure-build.ts';

/** Vends of one run; `TOKENLINE_VENDS` for another number. */
const VENDS = Number(process.env.TOKENLINE_VENDS ?? 1_000);
const KIOSKS = 64;
const HOUR_MS = 3_600_000;

/** The embedded database, and a server that both processes reach over the network. */
const DATABASES = ['SQLite', 'PostgreSQL'] as const;

let home: string;
let clockFile: string;
let nodes: AppProcess[];
let books: Database;

async function open(kind: (typeof DATABASES)[number]): Promise<void> {
	await ensureBuild();
	home = mkdtempSync(join(tmpdir(), 'tokenline-thousands-'));
	clockFile = join(home, 'clock');
	moveClock(0);
	tidyLast(() => rmSync(home, { recursive: true, force: true }));
	const server = kind === 'PostgreSQL' ? await PostgresServer.start() : undefined;
	tidyLast(() => server?.stop());
	const place = await server?.createDatabase('shop');
	const environment = {
		TEST_CLOCK_FILE: clockFile,
		NODE_OPTIONS: `--import ${pathToFileURL('test/harness/moved-clock.mjs').href}`,
		TOKENLINE_MODULE_TIMEOUT_MS: '1500',
		TOKENLINE_SIGNATURE_WINDOW_MS: String(20 * HOUR_MS),
		...(place !== undefined && { TOKENLINE_DATABASE: place }),
	};
	nodes = [await AppProcess.at(home, environment), await AppProcess.at(home, environment)];
	books = openDatabase(place ?? join(home, 'tokenline.db'));
	tidyLast(() => books.destroy());
	tidyLast(() => Promise.all(nodes.map((node) => node.stop())));
}

/** What there is to end, in the order in which it was begun: a test that was not run began nothing. */
const begun: (() => unknown)[] = [];
const tidyLast = (end: () => unknown) => begun.push(end);
afterEach(async () => {
	for (const end of begun.splice(0).reverse()) await end();
});

const moveClock = (offsetMs: number) => writeFileSync(clockFile, String(offsetMs));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(DATABASES)('two app processes on %s, sixty-four kiosks', (kind) => {
	it(
		`lose and double nothing over ${VENDS} vends`,
		async (test) => {
			if (kind === 'PostgreSQL' && !PostgresServer.isThere()) test.skip(NO_POSTGRES);
			await open(kind);
			const chance = chanceFrom(64);
			const meters = await sellableMeters();
			const kiosks = await openKiosks(chance);
			let asked = 0;
			const sold: Sold[] = [];
			const sell = async (kiosk: Kiosk) => {
				while (asked < VENDS) {
					asked += 1;
					const drn = meters[Math.floor(chance() * meters.length)]!;
					sold.push(await kiosk.sell(drn, 50_000 + Math.floor(chance() * 100) * 1_000));
				}
			};
			// By sales, not by the clock: on a slow machine as much goes wrong as on a fast one.
			const every = async (vends: number, trouble: () => Promise<void>) => {
				for (let next = vends; sold.length < VENDS; next += vends) {
					while (sold.length < Math.min(next, VENDS)) await pause(20);
					if (sold.length < VENDS) await trouble();
				}
			};
			await Promise.all([
				...kiosks.map(sell),
				every(400, () => kill(chance)),
				every(150, () => stopModule(chance)),
				every(60, () => moveClockAnywhere(chance)),
			]);
			moveClock(0);
			await settled();
			await mustAgree(sold);
		},
		30 * 60_000,
	);
});

async function openKiosks(chance: () => number): Promise<Kiosk[]> {
	const network = {
		origins: nodes.map(({ origin }) => origin),
		...{ chance, lossOfAnswers: 0.08, doubles: 0.05 },
	};
	const kiosks: Kiosk[] = [];
	for (let at = 0; at < KIOSKS; at += 1)
		kiosks.push(await Kiosk.open(books, at, network, Date.now));
	return kiosks;
}

async function sellableMeters(): Promise<string[]> {
	const rows = await books
		.selectFrom('meter')
		.select('drn')
		.where('state', '=', 'active')
		.execute();
	return rows.map(({ drn }) => drn);
}

/** One node or the other, as by a power cut. */
async function kill(chance: () => number): Promise<void> {
	const node = nodes[Math.floor(chance() * nodes.length)]!;
	await node.kill();
	await pause(chance() * 500);
	await node.start();
}

/** The module answers late, or so late that it is given up and killed. */
async function stopModule(chance: () => number): Promise<void> {
	const pid = modulePid(Math.floor(chance() * nodes.length));
	if (pid === undefined) return;
	signal(pid, 'SIGSTOP');
	await pause(chance() < 0.7 ? chance() * 400 : 2_500);
	signal(pid, 'SIGCONT');
}

function modulePid(at: number): number | undefined {
	try {
		const pid = nodes[at]?.modulePid();
		return pid !== undefined && pid > 0 ? pid : undefined;
	} catch {
		// The node is down at this moment.
		return undefined;
	}
}

function signal(pid: number, name: NodeJS.Signals): void {
	try {
		process.kill(pid, name);
	} catch {
		// Gone already.
	}
}

/** Forwards or back by up to eight hours. */
async function moveClockAnywhere(chance: () => number): Promise<void> {
	moveClock(Math.round((chance() * 2 - 1) * 8 * HOUR_MS));
	await Promise.resolve();
}

/** Recovery has finished what nobody asked for again. */
async function settled(): Promise<void> {
	for (;;) {
		const open = await books
			.selectFrom('vend')
			.select('id')
			.where('state', 'in', ['paid', 'issuing'])
			.limit(1)
			.executeTakeFirst();
		if (open === undefined) return;
		await pause(100);
	}
}

/** What the kiosks were told is what the books say, for every vend, and the books are sound. */
async function mustAgree(sold: readonly Sold[]): Promise<void> {
	const rows = await books
		.selectFrom('vend_token')
		.select(['vend_id', 'digits'])
		.orderBy('vend_id')
		.orderBy('sequence')
		.execute();
	const told = new Map(sold.map(({ id, text }) => [id, text]));
	const booked = Map.groupBy(rows, (row) => row.vend_id);
	const issued = sold.filter(({ outcome }) => outcome === 'issued');
	expect(issued.length).toBeGreaterThan(sold.length * 0.9);
	expect(new Set(booked.keys())).toEqual(new Set(issued.map(({ id }) => id)));
	for (const [id, tokens] of booked)
		expect(tokens.map(({ digits }) => digits).join(' ')).toBe(told.get(id));
	expect(await whatIsWrong(books)).toEqual([]);
	const { rows: rising } = await sql`
		select one.drn from vend_token as one join vend_token as other
			on one.drn = other.drn and one.base_year = other.base_year
			and one.tid <= other.tid and one.made_at_ms > other.made_at_ms + ${24 * HOUR_MS}
	`.execute(books);
	expect(rising).toEqual([]);
}

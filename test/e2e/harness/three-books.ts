/**
 * The three books of a till held against each other: the backend's, the device's and what customers were given,
 * on paper and on the screen. Every difference is a line that says which sale it is and what each book says.
 */
import canonicalize from 'canonicalize';
import type { BatchTotals } from '#lib/core/sync/wire-vendors.ts';
import { entryHash } from '#lib/core/sync/journal-chain.ts';
import type { DayPaper } from './day-papers.ts';
import type { Order } from './day-plan.ts';
import type { Shown } from './sell-by-keys.ts';
import type { DeviceBooks } from './till-device.ts';
import type { ServerBooks, ServerVend } from './till-server.ts';

export interface ToldSale {
	readonly order: Order;
	/** Null: the browser died before anything was said. */
	readonly shown: Shown | null;
}

export interface DayBooks {
	readonly device: DeviceBooks;
	readonly server: ServerBooks;
	readonly papers: readonly DayPaper[];
	readonly told: readonly ToldSale[];
}

type DeviceSale = DeviceBooks['sales'][number];

/** Of one sale. */
interface Books {
	readonly id: string;
	readonly device: DeviceSale | undefined;
	readonly server: ServerVend | undefined;
	readonly papers: readonly DayPaper[];
	readonly told: ToldSale | undefined;
}

/** Device states of which nothing was bought in the end. */
const NOT_BOUGHT: ReadonlySet<string> = new Set(['refused', 'refunded', 'replaced']);
const NOTHING_SOLD: ReadonlySet<string> = new Set(['not-sold', 'barred']);

/** Every difference; none: the three agree to the cent and to the token. */
export function differences(books: DayBooks): string[] {
	const all = bookBySale(books);
	return [
		...all.flatMap(ofSale),
		...strayPapers(books, all),
		...strayWords(books),
		...ofEntries(books),
		...ofMoney(books),
	];
}

function bookBySale({ device, server, papers, told }: DayBooks): Books[] {
	const ids = new Set([...device.sales, ...server.vends].map(({ id }) => id));
	return [...ids].sort().map((id) => {
		const here = device.sales.find((one) => one.id === id);
		const there = server.vends.find((one) => one.id === id);
		// No two orders of a day are for the same money.
		const amountMinor = here?.amountMinor ?? there?.amountMinor;
		return {
			...{ id, device: here, server: there },
			papers: papers.filter((paper) => isOf(paper, amountMinor, there)),
			told: told.find(({ order }) => order.amountMinor === amountMinor),
		};
	});
}

function isOf(paper: DayPaper, amountMinor: number | undefined, there: ServerVend | undefined) {
	if (paper.kind === 'other') return false;
	return (
		paper.amountMinor === amountMinor ||
		paper.tokens.some((token) => there?.tokens.includes(token) ?? false)
	);
}

function ofSale(sale: Books): string[] {
	const wrong: string[] = [];
	const say = (what: string) => wrong.push(`${what}: ${summary(sale)}`);
	const { device, server, papers, told } = sale;
	if (!device) say('the device does not know it');
	if (!told) say('nobody ordered it');
	if (device?.state === 'issued') {
		if (server?.state !== 'issued' || server.tokens.length === 0) say('no token at the backend');
		if (server?.booked !== 1) say('not booked once');
		if (server && server.amountMinor !== device.amountMinor) say('other money');
	} else if (device && NOT_BOUGHT.has(device.state)) {
		if (server && server.state !== 'refused') say('refused here only');
		if (server?.tokens.length || server?.booked) say('refused, with token or booking');
	} else if (device) say('not final');
	if (server && told && server.drn !== told.order.drn) say('another meter');
	const { shown } = told ?? {};
	if (shown?.kind === 'issued' && !same(shown.tokens, server?.tokens)) say('other token shown');
	if (shown && NOTHING_SOLD.has(shown.kind)) say('the screen said that nothing was sold');
	if (shown && shown.kind === 'refused' && !(device && NOT_BOUGHT.has(device.state)))
		say('the screen said that it was refused');
	for (const paper of papers) wrong.push(...ofPaper(sale, paper));
	for (const kind of ['receipt', 'provisional'] as const)
		if (papers.filter((one) => one.kind === kind && !one.isReprint).length > 1)
			say(`two ${kind}s that are no copies`);
	return wrong;
}

function ofPaper(sale: Books, paper: DayPaper): string[] {
	const { server, told } = sale;
	const wrong: string[] = [];
	const say = (what: string) => wrong.push(`${what}: ${summary(sale)}\n${paper.text}`);
	if (paper.kind === 'provisional' && paper.tokens.length > 0) say('digits on a provisional paper');
	// Broken off, it tells only what came out.
	if (!paper.isWhole) {
		if (paper.tokens.some((token) => !server?.tokens.includes(token))) say('a token of nobody');
		return wrong;
	}
	if (paper.drn !== told?.order.drn) say('another meter on paper');
	if (paper.amountMinor !== told?.order.amountMinor) say('other money on paper');
	if (paper.kind === 'receipt') {
		if (!same(paper.tokens, server?.tokens)) say('other tokens on paper');
		if (!paper.receiptNumber?.endsWith(String(server?.receiptNumber)))
			say('another number on paper');
	} else if (!paper.claimCode) say('no claim code on paper');
	const { shown } = told ?? {};
	if (shown?.kind === 'provisional' && paper.claimCode && paper.claimCode !== shown.claimCode)
		say('another claim code on paper than on the screen');
	return wrong;
}

/** Every paper is some sale's, and every paper that the queue says was printed came out. */
function strayPapers({ papers, device }: DayBooks, all: readonly Books[]): string[] {
	const stray = papers.filter(
		(paper) =>
			paper.kind !== 'other' && paper.isWhole && !all.some((one) => one.papers.includes(paper)),
	);
	const missing = all.flatMap((sale) =>
		(['receipt', 'provisional'] as const).flatMap((kind) => {
			const jobs = device.prints.filter((job) => job.saleId === sale.id && job.paper === kind);
			const printed = jobs.filter(({ state }) => state === 'printed').length;
			const came = sale.papers.filter((one) => one.kind === kind && one.isWhole).length;
			const most = jobs.length;
			if (came >= printed && came <= most) return [];
			return [`${came} ${kind}s came out, ${printed} of ${most} were said to: ${summary(sale)}`];
		}),
	);
	return [...stray.map(({ text }) => `a paper of no sale:\n${text}`), ...missing];
}

/** What was sold by the screen is a sale. */
function strayWords({ told, device }: DayBooks): string[] {
	return told.flatMap(({ order, shown }) => {
		if (!shown || NOTHING_SOLD.has(shown.kind)) return [];
		const sales = device.sales.filter((sale) => sale.amountMinor === order.amountMinor);
		return sales.length === 1
			? []
			: [`${sales.length} sales of ${order.amountMinor} for ${order.drn}, shown ${shown.kind}`];
	});
}

function ofEntries({ device, server }: DayBooks): string[] {
	const wrong: string[] = [];
	const count = Math.max(device.entries.length, server.entries.length);
	for (let at = 0; at < count; at += 1) {
		const [here, there] = [device.entries[at], server.entries[at]];
		const place = `entry ${at + 1}: here ${here?.id} ${here?.hash}, there ${there?.id} ${there?.hash}`;
		if (here?.sequence !== at + 1 || here.hash !== there?.hash || here.id !== there.id)
			wrong.push(place);
		else if (entryHash(here.entry) !== here.hash) wrong.push(`${place}: not its own hash`);
		else if (there.state === null) wrong.push(`${place}: not final`);
	}
	const pending = device.progress.filter(({ state }) => state !== 'done');
	return [
		...wrong,
		...pending.map(({ sequence, state }) => `entry ${sequence} is ${state} on the device`),
		...server.alarms.map(({ kind, sequence }) => `alarm ${kind} at entry ${sequence}`),
	];
}

function ofMoney({ server, device }: DayBooks): string[] {
	const wrong: string[] = [];
	const total = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0);
	const issuedThere = total(
		server.vends.filter(({ state }) => state === 'issued').map(({ amountMinor }) => amountMinor),
	);
	const issuedHere = total(
		device.sales.filter(({ state }) => state === 'issued').map(({ amountMinor }) => amountMinor),
	);
	if (issuedHere !== issuedThere) wrong.push(`sold: here ${issuedHere}, there ${issuedThere}`);
	const { floatMinor, floatInLedgerMinor, depositedMinor } = server;
	if (floatMinor !== depositedMinor - issuedThere || floatInLedgerMinor !== floatMinor)
		wrong.push(
			`float ${floatMinor}, in the ledger ${floatInLedgerMinor}; ${depositedMinor} paid in, ${issuedThere} sold`,
		);
	for (const { id, state, totals } of device.batches) {
		const there = server.batches.find((one) => one.id === id)?.totals;
		const closed = there ? (JSON.parse(there) as { totals: BatchTotals }).totals : null;
		if (canonicalize(withoutRefused(closed)) !== canonicalize(withoutRefused(totals)))
			wrong.push(
				`batch ${id}, ${state} here: ${JSON.stringify(totals)}, there ${JSON.stringify(closed)}`,
			);
		const sold = device.batches.length === 1 ? closed?.sold.amountMinor : undefined;
		if (sold !== undefined && sold !== issuedThere)
			wrong.push(`batch ${id} sold ${sold}, all sales together ${issuedThere}`);
	}
	const refusedHere = total(device.batches.map(({ totals }) => totals?.refused.count ?? 0));
	const refusedThere = server.entries.filter(
		({ kind, state }) => kind === 'sale' && state === 'refused',
	).length;
	if (refusedHere !== refusedThere)
		wrong.push(`refused: here ${refusedHere}, there ${refusedThere}`);
	if (server.ledgerSum !== 0) wrong.push(`the ledger sums to ${server.ledgerSum}`);
	if (server.repeatedTids !== 0) wrong.push(`${server.repeatedTids} TIDs were given twice`);
	return wrong;
}

const same = (one: readonly string[], other: readonly string[] | undefined): boolean =>
	one.join() === other?.join();

/** What the three books say of a sale, on one line. */
function summary({ id, device, server, papers, told }: Books): string {
	const here = device
		? `device ${device.state} ${device.code ?? ''} ${device.amountMinor} (${device.promise})`
		: 'device nothing';
	const there = server
		? `backend ${server.state} ${server.amountMinor} tokens ${server.tokens.join(' ')} booked ${server.booked}`
		: 'backend nothing';
	const paper = papers.map(
		({ kind, isWhole, isReprint, tokens }) =>
			`${isWhole ? '' : 'broken '}${isReprint ? 'copy of a ' : ''}${kind} ${tokens.join(' ')}`,
	);
	const { order, shown } = told ?? {};
	return `sale ${id} (${order?.drn} ${order?.amountMinor}) | ${here} | ${there} | papers [${paper.join('; ')}] | shown ${JSON.stringify(shown ?? null)}`;
}

/** A sale that is refused before there is a vend is in no shift of the backend's: its entry says so there. */
const withoutRefused = (totals: BatchTotals | null) => totals && { ...totals, refused: null };

/**
 * What the security module made against the tokens that there are, both ways. A module that lists its
 * requests is asked for those since a close before the day began, a page at a time; of one that only counts,
 * the count is compared (`decide-close.ts`).
 */
import { setImmediate as letOthersRun } from 'node:timers/promises';
import {
	MODULE_EXPLANATIONS,
	type ModuleExplanation,
} from '#lib/core/vending/close-differences.ts';
import type { Backend } from '../backend.ts';
import type { Database } from '../database/open.ts';
import type { VendRowState } from '../database/schema.ts';
import { keyChangeRequestId } from '../vend/make-tokens.ts';
import { MOST_FOUND, type Example, type Findings, type ModuleFacts } from './close-facts.ts';
import { tokensOf, type Day } from './day-tokens.ts';

/** A close that knows how many requests there were at its moment. */
export interface KnownCount {
	readonly requests: number;
	/** Vends that were in the making then. */
	readonly unfinished: number;
	readonly closedAtMs: number;
}

export interface Known {
	/** The last close that was made before the day began. */
	readonly beforeDay: KnownCount | undefined;
	/** The last close of all: requests up to it were looked at then. */
	readonly latest: KnownCount | undefined;
}

const IDS_IN_ONE_QUESTION = 500;

/** @throws {Fault} `security-module-unavailable` */
export async function readModule(
	{ database, securityModule }: Backend,
	day: Day,
	known: Known,
	asOfMs: number,
): Promise<ModuleFacts> {
	const after = known.beforeDay?.requests ?? 0;
	const first = await securityModule.usage({ after });
	if (first.requests === null) return await knowNothing(database);
	if (first.ids === null) return await countOnly(database, known, first.requests, asOfMs);
	const expected = await requestsOfDay(database, day);
	const unfinished = await countUnfinished(database);
	const verdicts = new Map<Verdict, string[]>();
	let position = after;
	let page: readonly string[] = first.ids;
	while (page.length > 0) {
		for (const id of page) expected.delete(id);
		const isNew = Math.max(0, (known.latest?.requests ?? 0) - position);
		await judgeAll(database, day.utilityId, page.slice(isNew), verdicts);
		position += page.length;
		await letOthersRun();
		page = (await securityModule.usage({ after: position })).ids ?? [];
	}
	const requests = position === after ? first.requests : position;
	const others = verdicts.get('another-utility')?.length ?? 0;
	return {
		tells: 'requests',
		requests,
		unfinished,
		examined: Math.max(0, requests - (known.latest?.requests ?? 0)) - others,
		explained: explainedOf(verdicts),
		findings: {
			'token-without-request': examplesOf([...expected]),
			'request-without-vend': examplesOf(verdicts.get('no-vend')),
			'request-without-token': examplesOf(verdicts.get('no-token')),
			...fallenBack(known, requests),
		},
		counted: null,
	};
}

const examplesOf = (ids: readonly string[] = []): Example[] =>
	ids.slice(0, MOST_FOUND).map((subject) => ({ subject }));

function explainedOf(verdicts: ReadonlyMap<Verdict, readonly string[]>): ModuleFacts['explained'] {
	return MODULE_EXPLANATIONS.map((why) => ({
		...{ why, count: verdicts.get(why)?.length ?? 0 },
	}));
}

/** Ids by which the day's tokens were asked for: of one day, so that they may be held. */
async function requestsOfDay(database: Database, day: Day): Promise<Set<string>> {
	const rows = await tokensOf(database, day)
		.select(['token.vend_id', 'token.kind'])
		.where(({ or, eb }) =>
			or([eb('token.kind', '=', 'key-change'), eb('token.tid', 'is not', null)]),
		)
		.groupBy(['token.vend_id', 'token.kind'])
		.execute();
	return new Set(
		rows.map(({ vend_id: id, kind }) => (kind === 'key-change' ? keyChangeRequestId(id) : id)),
	);
}

export type Verdict = ModuleExplanation | 'another-utility' | 'token' | 'no-vend' | 'no-token';

/** What is known of a request's vend. */
export interface RequestedVend {
	readonly state: VendRowState;
	readonly isOurs: boolean;
	/** Whether it has a token of the kind that was asked for. */
	readonly hasToken: boolean;
}

/** Pure: why the module was asked. */
export function judgeRequest(vend: RequestedVend | undefined): Verdict {
	if (vend === undefined) return 'no-vend';
	if (!vend.isOurs) return 'another-utility';
	if (vend.hasToken) return 'token';
	if (vend.state === 'paid' || vend.state === 'issuing') return 'unfinished';
	return vend.state === 'refused' ? 'refused' : 'no-token';
}

async function judgeAll(
	database: Database,
	utilityId: string,
	ids: readonly string[],
	verdicts: Map<Verdict, string[]>,
): Promise<void> {
	for (let at = 0; at < ids.length; at += IDS_IN_ONE_QUESTION) {
		const part = ids.slice(at, at + IDS_IN_ONE_QUESTION);
		const vends = await vendsOf(database, utilityId, part);
		for (const id of part) {
			const verdict = judgeRequest(vends.get(id));
			// What is in order is not held.
			if (verdict === 'token') continue;
			const alike = verdicts.get(verdict);
			if (alike === undefined) verdicts.set(verdict, [id]);
			else alike.push(id);
		}
		await letOthersRun();
	}
}

const vendOfRequest = (id: string) => id.split(':', 1)[0] ?? id;

async function vendsOf(
	database: Database,
	utilityId: string,
	ids: readonly string[],
): Promise<Map<string, RequestedVend>> {
	const vendIds = [...new Set(ids.map(vendOfRequest))];
	const rows = await database
		.selectFrom('vend')
		.leftJoin('vend_token as token', 'token.vend_id', 'vend.id')
		.select(['vend.id', 'vend.state', 'vend.utility_id', 'token.kind'])
		.where('vend.id', 'in', vendIds)
		.execute();
	const byVend = Map.groupBy(rows, ({ id }) => id);
	const found = new Map<string, RequestedVend>();
	for (const id of ids) {
		const isKeyChange = id === keyChangeRequestId(vendOfRequest(id));
		const own = byVend.get(vendOfRequest(id)) ?? [];
		const [vend] = own;
		if (vend === undefined) continue;
		found.set(id, {
			state: vend.state,
			isOurs: vend.utility_id === utilityId,
			hasToken: own.some(({ kind }) => kind !== null && (kind === 'key-change') === isKeyChange),
		});
	}
	return found;
}

async function knowNothing(database: Database): Promise<ModuleFacts> {
	const none = { requests: 0, examined: 0, explained: [], findings: {}, counted: null };
	return { ...none, tells: 'nothing', unfinished: await countUnfinished(database) };
}

/** A module that knows of fewer requests than before has lost some, or is another one. */
function fallenBack({ latest }: Known, requests: number): Findings {
	if (latest === undefined || requests >= latest.requests) return {};
	const example = { subject: 'security-module', expected: latest.requests, found: requests };
	return { 'request-count-differs': [example] };
}

/** Since the close before: nothing can be said at the first one, as others may have used the module. */
async function countOnly(
	database: Database,
	{ beforeDay, latest }: Known,
	requests: number,
	asOfMs: number,
): Promise<ModuleFacts> {
	const unfinished = await countUnfinished(database);
	const common = {
		...{ tells: 'count' as const, requests, unfinished, explained: [] },
		examined: Math.max(0, requests - (latest?.requests ?? 0)),
		findings: fallenBack({ beforeDay, latest }, requests),
	};
	if (beforeDay === undefined) return { ...common, counted: null };
	const sinceMs = beforeDay.closedAtMs;
	const later = await requestsBetween(database, asOfMs, Number.MAX_SAFE_INTEGER);
	const begun = unfinished + (await countRefused(database, sinceMs));
	return {
		...common,
		counted: {
			requests: requests - beforeDay.requests,
			accounted: await requestsBetween(database, sinceMs, asOfMs),
			possible: REQUESTS_OF_A_VEND * begun + later,
			before: REQUESTS_OF_A_VEND * beforeDay.unfinished,
		},
	};
}

/** A key-change set and a token. */
const REQUESTS_OF_A_VEND = 2;

/** That tokens stand for, over all utilities: the module is everybody's. */
async function requestsBetween(
	database: Database,
	fromMs: number,
	upToMs: number,
): Promise<number> {
	const { requests } = await database
		.selectFrom(
			database
				.selectFrom('vend_token')
				.select(['vend_id', 'kind'])
				.where('made_at_ms', '>', fromMs)
				.where('made_at_ms', '<=', upToMs)
				.where(({ or, eb }) => or([eb('kind', '=', 'key-change'), eb('tid', 'is not', null)]))
				.groupBy(['vend_id', 'kind'])
				.as('asked'),
		)
		.select(({ fn }) => fn.countAll<number>().as('requests'))
		.executeTakeFirstOrThrow();
	return Number(requests);
}

async function countUnfinished(database: Database): Promise<number> {
	const { vends } = await database
		.selectFrom('vend')
		.select(({ fn }) => fn.countAll<number>().as('vends'))
		.where('state', '=', 'issuing')
		.executeTakeFirstOrThrow();
	return Number(vends);
}

/** Begun, and then refused: a part of them may have been made. */
async function countRefused(database: Database, sinceMs: number): Promise<number> {
	const { vends } = await database
		.selectFrom('vend')
		.select(({ fn }) => fn.countAll<number>().as('vends'))
		.where('state', '=', 'refused')
		.where('state_at_ms', '>', sinceMs)
		.where('issue_order', 'is not', null)
		.executeTakeFirstOrThrow();
	return Number(vends);
}

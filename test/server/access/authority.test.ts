/**
 * Who may do what, asked of every endpoint as it is asked by HTTP: every role, of this utility and of another.
 * What is expected is written down here a second time, apart from `access/roles.ts`: a change in one place is
 * noticed, and an endpoint that nobody thought about here fails.
 */
import fc from 'fast-check';
import type * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES, type Role } from '#lib/server/access/roles.ts';
import { OPERATIONS, type OperationName } from '#lib/server/http/operations.ts';
import type { OperationRow } from '#lib/server/http/operations/row.ts';
import { STAFF_ROLES } from '#lib/core/sync/wire-people.ts';
import { everybody, signedIn, staff, type Sign } from '../harness/callers.ts';
import { notAsDescribed } from '../harness/described.ts';
import { PASSWORD } from '../harness/people.ts';
import { ORIGIN, send } from '../harness/rim.ts';
import { rightValue, type Meanings } from '../harness/schema-values.ts';
import { KITCHEN, newId, openShop, type Shop } from '../harness/shop.ts';
import {
	fillLakeside,
	HILLTOP,
	lakesideRows,
	LAKESIDE,
	openHilltop,
	tellingTexts,
} from '../harness/two-utilities.ts';

const LETTERS: Readonly<Record<string, Role>> = {
	...{ g: 'guest', c: 'consumer', t: 'terminal', a: 'agent', v: 'vendor-manager' },
	...{ T: 'technician', o: 'office-clerk', m: 'office-manager', f: 'tariff-officer' },
	...{ k: 'key-officer', u: 'auditor', d: 'administrator' },
};
const ANYBODY = 'gctavTomfkud';
const SIGNED_IN = 'avTomfkud';

/** Operation → those who get past the door. What is theirs behind it is said further down. */
const MATRIX: Readonly<Record<OperationName, string>> = {
	confirmCustomer: ANYBODY,
	meterHistory: 'ctaTomu',
	trialVend: ANYBODY,
	requestVend: ANYBODY,
	readVend: ANYBODY,
	reverseVend: 'taom',
	reprintVend: 'taom',
	readLastVend: 't',
	requestVends: 't',
	verifyToken: 'taTomu',
	requestPayment: ANYBODY,
	readPayment: ANYBODY,
	listVirtualMeters: ANYBODY,
	provisionVirtualMeter: ANYBODY,
	requestCode: ANYBODY,
	readPushKey: ANYBODY,
	putReminder: ANYBODY,
	removeReminder: ANYBODY,
	signIn: ANYBODY,
	readOwnSession: `c${SIGNED_IN}`,
	signOut: `c${SIGNED_IN}`,
	endSession: `ct${SIGNED_IN}`,
	listOperators: 'd',
	putOperator: 'd',
	readOperator: 'd',
	setPassword: SIGNED_IN,
	// A colleague's: one's own are everybody's.
	...{ listOperatorSessions: 'd', endOperatorSessions: 'd' },
	makePasskeyChallenge: ANYBODY,
	registerPasskey: SIGNED_IN,
	listPasskeys: SIGNED_IN,
	removePasskey: SIGNED_IN,
	putTerminal: 'md',
	listTerminals: 'md',
	makeEnrolmentCode: 'md',
	revokeTerminal: 'md',
	enrolTerminal: ANYBODY,
	proposeApproval: 'Tomfk',
	decideApproval: 'mfk',
	readApproval: 'Tomfkud',
	listApprovals: 'Tomfkud',
	putVendor: 'md',
	readVendor: 'tavomu',
	listVendors: 'omud',
	// One's own.
	readVendorStatus: 'tav',
	readStatement: 'tavomu',
	putDeposit: 'om',
	settleCommission: 'md',
	openBatch: 'tav',
	readBatch: 'tavomu',
	closeBatch: 'tav',
	readAuditEvents: 'u',
	readAuditRoot: 'u',
	searchToken: 'u',
	...{ makeReserves: 't', listReserves: 'omu' },
	listRefunds: 'omu',
	settleRefund: 'm',
	closeDay: 'm',
	readClose: 'mu',
	listCloses: 'mu',
	...{ putRegistration: 'md', readRegistration: 'omd', putArrearsAdjustment: 'm' },
	...{ putBlockDecision: 'om', readMeterBlock: 'omd', listBlockedMeters: 'omd' },
	...{ listTariffs: 'omfu', listSupplyGroups: 'mku' },
	...{ registerFieldDevice: 'T', listFieldDevices: 'Tmud', revokeFieldDevice: 'md' },
	...{ putAssociation: 'kd', readAssociation: 'kdmu', listRotations: 'kdmu' },
	...{ putJob: 'om', readJob: 'Tomu', listJobs: 'Tomu', closeJob: 'Tom' },
	makeJobPack: 'T',
	...{ recordDelivery: 'T', listDeliveries: 'Tomu', listJournalForks: 'mud' },
	...{ readTillStatus: 't', makeTariffPack: 't', redeemClaim: ANYBODY },
	...{ putOfflineTerms: 'md', readOfflineTerms: 'omud' },
	...{ putUtilitySettings: 'md', readUtilitySettings: 'omud' },
	...{ handInJournal: 't', importJournal: 'm', listTillAlarms: 'mud' },
	...{ requestFetchCode: ANYBODY, fetchPurchases: ANYBODY },
	readHealth: ANYBODY,
	readReadiness: ANYBODY,
	readMetrics: ANYBODY,
	readOpenApi: ANYBODY,
	receiveWebhook: ANYBODY,
	readSandboxCharge: ANYBODY,
	tapSandboxCharge: ANYBODY,
	readSandboxMessages: ANYBODY,
};

/** Of no utility: the server as a whole, the providers and their own pages. */
const OF_NOBODY: readonly OperationName[] = [
	...(['readHealth', 'readReadiness', 'readMetrics', 'readOpenApi'] as const),
	...(['receiveWebhook', 'readSandboxCharge', 'tapSandboxCharge', 'readSandboxMessages'] as const),
];

/** Things that may be asked of an operation whose parts are one of several kinds: kind → who may. */
const VENDS: Readonly<Record<string, [body: object, roles: string]>> = {
	'of a consumer': [
		{ amountMinor: 50_000, currency: 'KES', paymentId: newId(), agreed: null },
		ANYBODY,
	],
	'from a float': [
		{
			...{ kind: 'credit', amountMinor: 50_000, currency: 'KES', agreed: null, operatorId: null },
			tender: { method: 'cash', tenderedMinor: 50_000 },
		},
		't',
	],
	'of free basic electricity': [{ kind: 'fbe' }, 'gctaom'],
	'of a key change': [{ kind: 'key-change' }, 'taTom'],
};
const drn = '04111111110';
const WISHES: Readonly<
	Record<
		string,
		[wish: { kind: string; [more: string]: unknown }, proposers: string, deciders: string]
	>
> = {
	'free issue': [{ drn, kind: 'free-issue', energyDeciKwh: 10 }, 'om', 'm'],
	'engineering token': [
		{ drn, kind: 'engineering', wish: { kind: 'clear-tamper' } },
		...(['Tom', 'm'] as const),
	],
	'move of a meter': [{ drn, kind: 'key-change', sgc: '123457', ti: '01' }, 'om', 'm'],
	'return of a sealed token': [{ kind: 'reserve-return', vendId: newId() }, 'om', 'm'],
	'tariff of a meter': [{ drn, kind: 'meter-tariff', tariffId: 'x' }, 'om', 'm'],
	'unblocking of a meter': [{ drn, kind: 'meter-unblock', reason: 'inspected' }, 'om', 'm'],
	'vending key': [
		{ kind: 'supply-group-key', sgc: '000000', krn: 1, makeCurrent: false },
		'k',
		'k',
	],
	tariff: [
		{
			kind: 'tariff',
			tariff: {
				...{ id: 'x', name: 'X', blocks: [], order: [] },
				serviceFee: { fixedMinor: 0, basisPoints: 0 },
				arrears: { maxBasisPoints: 0 },
				vat: { basisPoints: 0, inclusive: false },
				fixedCharge: { perMonthMinor: 0 },
			},
			validFromMs: 0,
		},
		'mf',
		'f',
	],
};

const NAMES = Object.keys(OPERATIONS) as OperationName[];
const rowOf = (name: OperationName): OperationRow => OPERATIONS[name];
const may = (letters: string, role: Role): boolean =>
	[...letters].some((letter) => LETTERS[letter] === role);

/** Meter, till, reference … that nobody has. */
const NOWHERE: Readonly<Record<string, () => string>> = {
	id: newId,
	drn: () => drn,
	terminal: () => 'T-999',
	vendor: () => 'nobodys-vendor',
	date: () => '2001-01-01',
	credentialId: () => 'bm9ib2R5',
	provider: () => 'sandbox',
	reference: newId,
};

interface Told {
	readonly status: number;
	readonly code: string | undefined;
	readonly text: string;
}

/** Asks as over HTTP, and holds the answer against the API's description. */
async function ask(
	shop: Shop,
	sign: Sign,
	asked: { method: string; path: string; body?: unknown; origin?: string },
): Promise<Told> {
	const url = `${asked.origin ?? ORIGIN}${asked.path}`;
	const text = asked.body === undefined ? '' : JSON.stringify(asked.body);
	const request = new Request(url, {
		method: asked.method,
		headers: sign(asked.method, url, text),
		...(text !== '' && { body: text }),
	});
	const response = await send(shop.backend, request);
	const answer = await response.text();
	const type = response.headers.get('content-type');
	const json: unknown = type?.includes('json') ? JSON.parse(answer) : undefined;
	const met = { status: response.status, type, json };
	expect(notAsDescribed(asked.method, asked.path, met)).toBeUndefined();
	const code = (json as { code?: string } | undefined)?.code;
	return { status: response.status, code, text: answer };
}

function pathOf(name: OperationName, given: Readonly<Record<string, string>> = {}): string {
	return rowOf(name).path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
		const text = given[parameter] ?? NOWHERE[parameter]?.();
		if (text === undefined) throw new Error(`say in this test what a {${parameter}} is`);
		return encodeURIComponent(text);
	});
}

const AT_THE_DOOR = ['sign-in-needed', 'not-allowed', 'session-ended', 'cross-site'];

/** At the door: whoever is not anybody is told to sign in, whoever is not allowed that they are not. */
function mustBeJudged(told: Told, letters: string, role: Role): void {
	const isJudged = [
		'sign-in-needed',
		'not-allowed',
		'session-ended',
		'cross-site',
		'other-utility',
	];
	const atTheDoor = isJudged.includes(told.code ?? '') ? told.code : undefined;
	const refused = role === 'guest' ? ['sign-in-needed'] : ['not-allowed', 'sign-in-needed'];
	if (may(letters, role)) expect(atTheDoor, role).toBeUndefined();
	else expect(refused, role).toContain(atTheDoor);
}

describe('of one utility', () => {
	let shop: Shop;
	let callers: Record<Role, Sign>;
	beforeAll(async () => {
		shop = await openShop();
		callers = await everybody(shop.backend, LAKESIDE);
	});
	afterAll(() => shop.dispose());

	it('every operation is in the table, and no other', () => {
		expect(Object.keys(MATRIX).sort()).toEqual([...NAMES].sort());
		expect(Object.values(LETTERS).sort()).toEqual([...ROLES].sort());
	});

	it.each(NAMES)('%s is for those of the table', async (name) => {
		const { method, body } = rowOf(name);
		// Whoever signs out is somebody else's the next time.
		const who =
			name === 'signOut'
				? await everybody(shop.backend, { ...LAKESIDE, terminalId: 'L-002' })
				: callers;
		for (const role of ROLES) {
			const asked = { method, path: pathOf(name), ...(body && { body: {} }) };
			mustBeJudged(await ask(shop, who[role], asked), MATRIX[name], role);
		}
	});

	it.each(Object.entries(VENDS))(
		'a vend %s is for those of the table',
		async (_, [body, letters]) => {
			for (const role of ROLES) {
				const path = pathOf('requestVend');
				const whole = { drn, requestedAtMs: 0, ...body };
				const told = await ask(shop, callers[role], { method: 'PUT', path, body: whole });
				mustBeJudged(told, letters, role);
				if (may(letters, role)) expect(told.code, role).toMatch(/^(meter-unknown|shift-needed)$/);
			}
		},
	);

	it.each(Object.entries(WISHES))(
		'a proposal of a %s is for those of the table, and so is its decision',
		async (_, [wish, proposers, deciders]) => {
			const body = { reason: 'as it must be', wish };
			for (const role of ROLES) {
				const proposal = { method: 'PUT', path: pathOf('proposeApproval'), body };
				mustBeJudged(await ask(shop, callers[role], proposal), proposers, role);
				const id = newId();
				await shop.backend.database
					.insertInto('approval')
					.values({
						...{ id, utility_id: 'lakeside', kind: wish.kind, content_hash: id },
						...{ request: JSON.stringify(wish), reason: '', proposed_by: 'nobody' },
						...{ proposed_at_ms: shop.clock.ms, state: 'proposed' },
						...{ decided_by: null, decided_at_ms: null, decision_note: null },
					})
					.execute();
				const path = pathOf('decideApproval', { id });
				const decision = { decision: 'reject', note: '' };
				const told = await ask(shop, callers[role], { method: 'POST', path, body: decision });
				mustBeJudged(told, deciders, role);
				expect(told.status === 200, role).toBe(may(deciders, role));
			}
		},
	);

	it('two who come together may what either may', async () => {
		const till = callers.terminal;
		const agent = await staff(shop.backend, ['agent'], LAKESIDE);
		const both: Sign = (...asked) => ({ ...till(...asked), ...agent(...asked) });
		const clerk = await staff(shop.backend, ['office-clerk'], LAKESIDE);
		const stranger: Sign = (...asked) => ({ ...till(...asked), ...clerk(...asked) });
		const asked = { method: 'GET', path: '/api/v1/login-sessions/current' };
		expect(await ask(shop, both, asked)).toMatchObject({ status: 200 });
		expect(await ask(shop, stranger, asked)).toMatchObject({ code: 'not-allowed' });
	});
});

describe('of another utility', () => {
	let shop: Shop;
	let ids: string[];
	let meanings: Meanings;
	let hilltop: Readonly<Record<Role, Sign>>;

	/** Whoever is most at Hilltop, anew for each operation: one of them signs out. */
	const comers = async (): Promise<Record<string, Sign>> => ({
		guest: hilltop.guest,
		consumer: await signedIn(shop.backend, { ...HILLTOP, phone: LAKESIDE.phone }),
		terminal: hilltop.terminal,
		everyone: await staff(shop.backend, STAFF_ROLES, HILLTOP),
	});

	beforeAll(async () => {
		shop = await openShop();
		hilltop = await openHilltop(shop.backend);
		const filled = await fillLakeside(shop);
		ids = filled.ids;
		meanings = {
			...{ drn: [KITCHEN], vendorId: [LAKESIDE.vendorId], terminalId: [LAKESIDE.terminalId] },
			...{ terminal: [LAKESIDE.terminalId], operatorId: [filled.operatorId], vendId: ids },
			...{ paymentId: ids, batchId: ids, challengeId: ids, currency: ['KES'] },
			...{ device: ids, deviceId: ids, job: ids, jobId: ids, vend: ids },
			...{ login: ['wanjiru'], password: [PASSWORD], phone: [LAKESIDE.phone] },
			...{ bankingReference: ['SLIP-998877'], date: ['2026-11-01'], id: ['domestic-flat'] },
		};
	});
	afterAll(() => shop.dispose());

	/** Every one of Lakeside's things that could stand in the place. */
	function placesOf(name: OperationName): Record<string, string>[] {
		const theirs: Readonly<Record<string, readonly string[]>> = {
			id: ids,
			drn: [KITCHEN],
			terminal: [LAKESIDE.terminalId],
			vendor: [LAKESIDE.vendorId],
			credentialId: ['bGFrZXNpZGUtcGFzc2tleQ'],
			date: ['2026-11-01'],
		};
		const [parameter] = [...rowOf(name).path.matchAll(/\{(\w+)\}/g)].map(([, found]) => found);
		if (parameter === undefined) return [{}];
		const known = theirs[parameter];
		if (known === undefined) throw new Error(`say in this test what a {${parameter}} is`);
		return known.map((text) => ({ [parameter]: text }));
	}

	const asked = NAMES.filter((name) => !OF_NOBODY.includes(name));

	it('Lakeside has something of everything that is somebody’s', async () => {
		const rows = await lakesideRows(shop.backend.database);
		const empty = Object.entries(rows).filter(([, all]) => all.length === 0);
		const EMPTY =
			/^(login|sandbox|message_event|one_time|fetch_code|payment_event|payment_movement|tid_floor|reprint|virtual|audit_root)/;
		expect(empty.map(([name]) => name).filter((name) => !EMPTY.test(name))).toEqual([]);
		expect((await tellingTexts(shop.backend.database)).length).toBeGreaterThan(200);
	});

	it.each(asked)('%s tells nothing and changes nothing', async (name) => {
		const { method, body, query } = rowOf(name);
		const before = await lakesideRows(shop.backend.database);
		const telling = await tellingTexts(shop.backend.database, [LAKESIDE.phone]);
		const some = (schema: v.GenericSchema, numRuns: number) =>
			fc.sample(rightValue(schema, meanings), { numRuns, seed: 5 });
		const bodies = body ? some(body, 5) : [undefined];
		// Whatever is asked for without a condition is the most.
		const queries = [{}, ...(query ? some(query, 2) : [])];
		const requests = (body ? bodies : queries).map((_, at) => ({
			body: bodies[at % bodies.length],
			search: new URLSearchParams(queries[at % queries.length] as never).toString(),
		}));
		let pastTheDoor = 0;
		for (const [who, sign] of Object.entries(await comers()))
			for (const place of placesOf(name))
				for (const { body: sent, search } of requests) {
					const path = `${pathOf(name, place)}${search && `?${search}`}`;
					const told = await ask(shop, sign, {
						...{ method, path, origin: HILLTOP.origin },
						...(sent !== undefined && { body: sent }),
					});
					if (!AT_THE_DOOR.includes(told.code ?? '')) pastTheDoor += 1;
					const own = `${path} ${JSON.stringify(sent)}`;
					const leaked = telling.filter((text) => told.text.includes(text) && !own.includes(text));
					expect(leaked, `${who} ${path}: ${told.text}`).toEqual([]);
					// A day is everybody's: each utility has its own.
					if (Object.keys(place).some((of) => of !== 'date') && method !== 'PUT')
						expect(told.status, `${who} ${path}: ${told.text}`).toBeGreaterThanOrEqual(400);
				}
		expect(await lakesideRows(shop.backend.database)).toEqual(before);
		expect(pastTheDoor).toBeGreaterThan(0);
	});
});

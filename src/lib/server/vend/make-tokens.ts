/**
 * Has an order's tokens made: by the security module what is under a key, here what needs none. Asked again,
 * by whatever process, the module is asked for the very same.
 */
import { encodeMeterTest } from '#lib/core/sts/meter-test.ts';
import type { Token } from '#lib/core/sync/wire.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import type { IssuedKeyChange, SecurityModule, TokenTarget } from '../security-module/port.ts';
import type { IssueOrder, KeyChangeStep, KeyPlace, TestStep } from './issue-order.ts';

/** One token, and what it was encrypted under. */
export interface MadeToken {
	readonly kind: Token['kind'];
	readonly digits: string;
	/** 0.1 kWh that it carries; 0 where it carries none. */
	readonly energyDeciKwh: number;
	readonly test: boolean;
	/** Null for a class 1 token. */
	readonly key: KeyPlace | null;
	readonly tid: number | null;
}

/** In the order of entry. */
export interface Made {
	readonly tokens: readonly MadeToken[];
	readonly rollover: boolean;
	/** Energy that the token carries beyond what was asked for: its field can only round up. */
	readonly roundingGainDeciKwh: number;
	/** What a limit is really set to; null where there is none. */
	readonly watts: number | null;
}

/** Refusals: the module's. @throws {Fault} `security-module-unavailable` */
export async function makeTokens(
	module: SecurityModule,
	order: IssueOrder,
): Promise<Made | Refusal> {
	const set = order.keyChange && (await makeKeyChange(module, order, order.keyChange));
	if (set !== null && isRefusal(set)) return set;
	const made = await makeToken(module, order);
	if (isRefusal(made)) return made;
	const { rollover = false } = set ?? {};
	const sections = set === null ? [] : sectionsOfSet(set, order.keyChange?.from ?? null);
	return { ...made, rollover, tokens: [...sections, ...made.tokens] };
}

/** What the module is asked for a vend's key-change set by; its other token goes by the vend's own id. */
export function keyChangeRequestId(vendId: string): string {
	return `${vendId}:kct`;
}

async function makeKeyChange(
	module: SecurityModule,
	order: IssueOrder,
	{ from, to, sections }: KeyChangeStep,
): Promise<IssuedKeyChange | Refusal> {
	return await module.issueKeyChange({
		requestId: keyChangeRequestId(order.vendId),
		from: targetAt(order, from),
		to: { slot: to.slot, sgc: to.sgc, krn: to.krn, ti: to.ti },
		sections,
		nowMs: order.begunAtMs,
	});
}

function targetAt({ receipt: { drn, ea, tct } }: IssueOrder, key: KeyPlace): TokenTarget {
	return { slot: key.slot, drn, sgc: key.sgc, krn: key.krn, ti: key.ti, ea, tct };
}

function sectionsOfSet({ digits, test }: IssuedKeyChange, key: KeyPlace | null): MadeToken[] {
	const none = { kind: 'key-change', energyDeciKwh: 0, tid: null } as const;
	return digits.map((section) => ({ ...none, digits: section, test, key }));
}

type Alone = Omit<Made, 'rollover'>;

const NOTHING: Alone = { tokens: [], roundingGainDeciKwh: 0, watts: null };

async function makeToken(module: SecurityModule, order: IssueOrder): Promise<Alone | Refusal> {
	const { token, kind, vendId, begunAtMs } = order;
	if (token === null) return NOTHING;
	if (token.make === 'meter-test') return { ...NOTHING, tokens: [meterTest(order, token)] };
	const { key, tid } = token;
	const asked = { ...targetAt(order, key), requestId: vendId, tid, nowMs: begunAtMs };
	if (token.make === 'management') {
		const made = await module.issueManagement({ ...asked, wish: token.wish });
		if (isRefusal(made)) return made;
		const { digits, test, watts } = made;
		const tokens = [{ kind: 'engineering', digits, test, key, tid, energyDeciKwh: 0 } as const];
		return { ...NOTHING, tokens, watts };
	}
	const made = await module.issueCredit({ ...asked, amountDeciKwh: token.energyDeciKwh });
	if (isRefusal(made)) return made;
	const { digits, test, carriedDeciKwh: energyDeciKwh } = made;
	const roundingGainDeciKwh = energyDeciKwh - token.energyDeciKwh;
	return {
		...NOTHING,
		roundingGainDeciKwh,
		tokens: [{ kind, digits, test, key, tid, energyDeciKwh }],
	};
}

/** Subclass 1 is for meters of makers with a four-digit code, whose numbers have 13 digits. */
function meterTest({ receipt: { drn } }: IssueOrder, { wish }: TestStep): MadeToken {
	const digits = encodeMeterTest(wish.test, drn.length === 13 ? 1 : 0);
	return { kind: 'engineering', digits, test: false, key: null, tid: null, energyDeciKwh: 0 };
}

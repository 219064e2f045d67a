/** What cases do with the token gateway and the objects around it, each as a part of a program. */
import type { Data } from '../../dlms/axdr/data-type.ts';
import { ACTION_RESULTS, codeName } from '../../dlms/apdu/results.ts';
import type { Wish } from '../../dlms/association/wish.ts';
import type { Obis } from '../../dlms/cosem/obis.ts';
import { encodeTokenParameter } from '../../dlms/profile/meter-profile.ts';
import { keyFrom, type StsKey } from '../glance/sts-attributes.ts';
import { statusOf } from '../delivery/token-status.ts';
import { wholeIn } from '../understand.ts';
import type { Bench } from './bench.ts';
import { finalSight, NEVER_FINAL, NO_STATUS, type Sight, sightOfAsk, TAKEN } from './sight.ts';
import { ask, type Program, type Seen, wait } from './step.ts';

export const GATEWAY_CLASS = 115;
const STS_CLASS = 116;
const CREDIT_CLASS = 112;
const LIMITER_CLASS = 71;
const ENTER = 1;
const STATUS = 6;
/** The key as class 116 tells it: algorithm, group, index, revision, type, expiry. */
const KEY_ATTRIBUTES = [5, 6, 7, 8, 9, 10];

/** A meter has so long to carry a token out before its status counts as never final. */
export const FINAL_WITHIN_MS = 60_000;
const POLL_MS = 1000;

/** The wish that enters a token in the encoding of the profile. */
export function enterWish({ target }: Bench, digits: string): Wish {
	const { tokenGateway, tokenEncoding } = target.profile;
	return {
		kind: 'action',
		target: { classId: GATEWAY_CLASS, logicalName: tokenGateway, method: ENTER },
		parameter: encodeTokenParameter(digits, tokenEncoding),
	};
}

/** Reads an attribute; undefined where the meter does not give it. */
export function* read(
	classId: number,
	logicalName: Obis | undefined,
	attribute: number,
): Program<Data | undefined> {
	if (!logicalName) return undefined;
	const seen = yield* ask({ kind: 'get', target: { classId, logicalName, attribute } });
	if (seen.is !== 'answer' || seen.answer.kind !== 'get') return undefined;
	const { result } = seen.answer;
	return 'data' in result ? result.data : undefined;
}

/** Enters a token, whatever it is; what the meter says of it in the end. */
export function* enter(bench: Bench, digits: string): Program<Sight> {
	return yield* verdictOf(bench, yield* ask(enterWish(bench, digits)));
}

/** What an answer to `enter` says, or the status after it where the answer says nothing. */
export function* verdictOf(bench: Bench, seen: Seen): Program<Sight> {
	if (seen.is !== 'answer' || seen.answer.kind !== 'action') return sightOfAsk(seen);
	const { result, returned } = seen.answer.outcome;
	if (result !== 0) return { kind: 'method-refused', value: codeName(ACTION_RESULTS, result) };
	const status = returned && 'data' in returned ? statusOf(returned.data) : undefined;
	const sight = finalSight(status) ?? (yield* finalStatus(bench));
	if (sight.kind !== TAKEN.kind) bench.unsettled = true;
	return sight;
}

/** The status as it is read, once it is final. */
export function* finalStatus({ target }: Bench): Program<Sight> {
	for (let waitedMs = 0; ; waitedMs += POLL_MS) {
		const data = yield* read(GATEWAY_CLASS, target.profile.tokenGateway, STATUS);
		const status = statusOf(data);
		if (!status) return NO_STATUS;
		const sight = finalSight(status);
		if (sight) return sight;
		if (waitedMs >= FINAL_WITHIN_MS) return NEVER_FINAL;
		const seen = yield* wait(POLL_MS, 'final-status');
		if (seen.is === 'cut') return NEVER_FINAL;
	}
}

/** The key as the meter shows it. */
export function* readKey({ found }: Bench): Program<StsKey> {
	const told = new Map<number, Data>();
	for (const attribute of KEY_ATTRIBUTES) {
		const data = yield* read(STS_CLASS, found.sts, attribute);
		if (data) told.set(attribute, data);
	}
	return keyFrom((attribute) => told.get(attribute));
}

/** The credit as the meter counts; undefined where it does not tell. */
export function* readCredit({ found }: Bench): Program<number | undefined> {
	return wholeIn(yield* read(CREDIT_CLASS, found.credit, 2));
}

/** Above any limit that a token can carry: there is none. */
const NO_LIMIT_W = 18_201_624;

/** The power limit in force, watts; undefined where there is none, or none is told. */
export function* readLimit({ found }: Bench): Program<number | undefined> {
	const watts = wholeIn(yield* read(LIMITER_CLASS, found.limiter, 3));
	return watts === undefined || watts > NO_LIMIT_W ? undefined : watts;
}

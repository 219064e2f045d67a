/** Every class of token through `enter`: what it does, and what the gateway says of it (sts.md §2, §13). */
import { octetString } from '../../../dlms/axdr/build.ts';
import { blockToDigits, encodeToken } from '../../../sts/encode.ts';
import { encodeCurrencyToken } from '../../../sts/currency-token.ts';
import { mfrCodeOf } from '../../../sts/drn.ts';
import { encodeMeterTest } from '../../../sts/meter-test.ts';
import { packBody, sealBlock } from '../../../sts/token-block.ts';
import { gatewayReadingOf, holdsToken } from '../../delivery/gateway-reading.ts';
import type { Bench } from '../bench.ts';
import {
	enter,
	finalStatus,
	GATEWAY_CLASS,
	read,
	readCredit,
	readLimit,
	verdictOf,
} from '../gateway-steps.ts';
import {
	ANOTHER_TOKEN,
	AUTHENTICATION_FAILURE,
	EXECUTION_FAILURE,
	FORMAT_FAILURE,
	LAST_TOKEN,
	METHOD_REFUSED,
	NO_TOKEN,
	RELAY_CLOSED,
	RELAY_OPEN,
	type Sight,
	TAKEN,
	UNREADABLE,
	valueSight,
} from '../sight.ts';
import { ask, prepare, type Program, prove, proveFigure, skip } from '../step.ts';
import { truthIn } from '../../understand.ts';
import { harmlessToken } from './security.ts';

export function* testTokenTaken(bench: Bench): Program {
	yield* prove(yield* enter(bench, harmlessToken(bench)), TAKEN);
}

export function* otherMakersTestRefused(bench: Bench): Program {
	const { drn } = bench.target;
	const [subclass, codes] = drn.length === 11 ? ([0, 100] as const) : ([1, 10_000] as const);
	// Code 0 is for every maker.
	const other = ((mfrCodeOf(drn) + 1) % codes) + (mfrCodeOf(drn) + 1 === codes ? 1 : 0);
	const digits = encodeMeterTest(2, subclass, other);
	yield* prove(yield* enter(bench, digits), AUTHENTICATION_FAILURE);
}

/** The largest number of twenty digits; a token has 66 bits. */
const TOO_LARGE = '9'.repeat(20);

/** Twenty digits that are no token, and octets that are no twenty digits. */
export function* rubbishRefused(bench: Bench): Program {
	const { tokenEncoding, tokenGateway } = bench.target.profile;
	if (tokenEncoding !== 'binary-9') yield* prove(yield* enter(bench, TOO_LARGE), FORMAT_FAILURE);
	const seen = yield* ask({
		kind: 'action',
		target: { classId: GATEWAY_CLASS, logicalName: tokenGateway, method: 1 },
		parameter: octetString(Uint8Array.of(0x12, 0x34, 0x56)),
	});
	yield* prove(yield* verdictOf(bench, seen), FORMAT_FAILURE, METHOD_REFUSED);
}

/** A subclass of credit that the Association keeps for later. */
export function* reservedSubclassRefused(bench: Bench): Program {
	const reserved = 8;
	const body = packBody('units', { rnd: 5, tid: bench.takeTid(), amount: 10 });
	const block = sealBlock(0, reserved, body, 'plain');
	const digits = blockToDigits(0, block, bench.keys.cipher(bench.place));
	yield* prove(yield* enter(bench, digits), FORMAT_FAILURE, EXECUTION_FAILURE);
}

/** Money to a meter that counts units: not its function. */
export function* currencyRefused(bench: Bench): Program {
	if (bench.found.creditUnitWh === undefined) yield* skip('not-in-this-meter');
	const wish = { units: 100_000n, tid: bench.takeTid() };
	const made = encodeCurrencyToken(wish, bench.keys.cipher(bench.place));
	if ('refusal' in made) return;
	yield* prove(yield* enter(bench, made.digits), EXECUTION_FAILURE, FORMAT_FAILURE);
}

const CREDITED_UNITS = 100;
const WH_PER_UNIT = 100;
/** What may be used up between two readings. */
const USED_WH = 500;

/** 10 kWh, no more and no less than what is used meanwhile. */
export function* creditCounted(bench: Bench): Program {
	const { creditUnitWh, owes } = bench.found;
	if (owes) yield* skip('debt');
	const before = yield* readCredit(bench);
	if (before === undefined || creditUnitWh === undefined) return yield* skip('not-in-this-meter');
	yield* prepare(yield* enter(bench, bench.credit(CREDITED_UNITS)), TAKEN);
	const after = yield* readCredit(bench);
	const expectedWh = CREDITED_UNITS * WH_PER_UNIT;
	if (after === undefined) return yield* prove(UNREADABLE, energySight(expectedWh));
	const roseWh = (after - before) * creditUnitWh;
	const holds = roseWh <= expectedWh + creditUnitWh && roseWh >= expectedWh - USED_WH;
	yield* proveFigure(holds, energySight(roseWh), energySight(expectedWh));
}

const energySight = (wh: number): Sight => valueSight(`${(wh / 1000).toFixed(2)} kWh`);
const wattSight = (watts: number | undefined): Sight =>
	watts === undefined ? UNREADABLE : valueSight(`${watts} W`);

const LIMIT_W = 7300;

export function* powerLimitSet(bench: Bench): Program {
	if (!bench.found.limiter) yield* skip('not-in-this-meter');
	const digits = bench.management({ kind: 'set-power-limit', watts: LIMIT_W });
	bench.limitChanged = true;
	yield* prepare(yield* enter(bench, digits), TAKEN);
	yield* prove(wattSight(yield* readLimit(bench)), wattSight(LIMIT_W));
}

/** 18 MW: more than any meter switches. */
const IMPOSSIBLE_W = 18_201_624;

export function* impossibleLimitRefused(bench: Bench): Program {
	const digits = bench.management({ kind: 'set-power-limit', watts: IMPOSSIBLE_W });
	const sight = yield* enter(bench, digits);
	bench.limitChanged ||= sight.kind === TAKEN.kind;
	yield* prove(sight, EXECUTION_FAILURE);
}

/** A cover is opened, the meter cuts off; the token lets it close again. */
export function* tamperCleared(bench: Bench): Program {
	const opened = yield { do: 'hand', request: 'open-cover' };
	if (opened.is !== 'done') yield* skip('nobody-at-the-meter');
	if (yield* isClosed(bench)) yield* skip('not-in-this-meter');
	yield* prepare(yield* enter(bench, bench.management({ kind: 'clear-tamper' })), TAKEN);
	yield* prove((yield* isClosed(bench)) ? RELAY_CLOSED : RELAY_OPEN, RELAY_CLOSED);
}

const READY_FOR_RECONNECTION = 2;

/** Closed, or as far as the meter may close it without a hand. */
function* isClosed({ found }: Bench): Program<boolean> {
	const state = yield* read(70, found.relay, 2);
	const control = yield* read(70, found.relay, 3);
	const isReady =
		control !== undefined && 'value' in control && control.value === READY_FOR_RECONNECTION;
	return (state !== undefined && truthIn(state) === true) || isReady;
}

const ALL_REGISTERS = 0xffff;

/** The credit is gone; bringing the meter back gives it back. */
export function* creditCleared(bench: Bench): Program {
	const { creditUnitWh } = bench.found;
	const before = yield* readCredit(bench);
	if (before === undefined || creditUnitWh === undefined) return yield* skip('not-in-this-meter');
	const digits = bench.management({ kind: 'clear-credit', register: ALL_REGISTERS });
	yield* prepare(yield* enter(bench, digits), TAKEN);
	const after = yield* readCredit(bench);
	if (after !== undefined)
		bench.owedUnits = Math.max(0, Math.ceil(((before - after) * creditUnitWh) / WH_PER_UNIT));
	yield* prove(after === undefined ? UNREADABLE : valueSight(String(after)), valueSight('0'));
}

/** The status that is read says in the end what became of the token. */
export function* statusBecomesFinal(bench: Bench): Program {
	for (const digits of [harmlessToken(bench), harmlessToken(bench)])
		yield* prepare(yield* enter(bench, digits), TAKEN);
	yield* prove(yield* finalStatus(bench), TAKEN);
}

/** The gateway holds the token that came last, not another one. */
export function* lastTokenShown(bench: Bench): Program {
	const { tokenGateway } = bench.target.profile;
	yield* prepare(yield* enter(bench, bench.credit(1)), TAKEN);
	const digits = bench.credit(1);
	yield* prepare(yield* enter(bench, digits), TAKEN);
	const data = yield* read(GATEWAY_CLASS, tokenGateway, 2);
	if (!data) return yield* prove(UNREADABLE, LAST_TOKEN);
	const reading = gatewayReadingOf([{ data }]);
	const held = reading.token === '' ? NO_TOKEN : ANOTHER_TOKEN;
	yield* prove(holdsToken(reading, digits) ? LAST_TOKEN : held, LAST_TOKEN);
}

/** A token of another service: not this meter's function. */
export function* otherServiceRefused(bench: Bench): Program {
	const fields = { rnd: 5, tid: bench.takeTid(), amount: 10 };
	const wish = { classNumber: 0, subclass: 1, fields } as const;
	const digits = encodeToken(wish, bench.keys.cipher(bench.place));
	yield* prove(yield* enter(bench, digits), EXECUTION_FAILURE, FORMAT_FAILURE);
}

/** What the engineering screen offers: each deed with whether it may be done now, and why not. Pure. */
import {
	REASON_LENGTH,
	type Deed,
	DEEDS,
	decideEngineering,
} from '#lib/core/field/engineering/deeds.ts';
import { decideClock, USUAL_CLOCK } from '#lib/core/field/engineering/set-clock.ts';
import { decideSwitch } from '#lib/core/field/engineering/switch-relay.ts';
import type { ClockDrift, OurTime } from '#lib/core/field/glance/clock.ts';
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import { isOutOfCredit } from '#lib/core/field/glance/relay.ts';
import { valueOf } from '#lib/core/field/reading.ts';
import { MAX_UNITS } from '#lib/core/sts/amount-units.ts';
import { CREDIT_REGISTERS, type CreditRegisterNumber } from '#lib/core/sts/credit-register.ts';
import { latinDigits } from '#lib/core/units/digits.ts';
import type { EngineeringWish } from '#lib/core/sync/wire-approvals.ts';
import { count } from '#lib/ui/state/language.ts';
import { whyOpen } from '../glance/card-facts.ts';
import { spanText } from '../glance/reading-text.ts';
import { words } from '../words.ts';

const own = words.technicianEngineering;

/** Deeds done at the meter at once. */
export const AT_METER = ['set-clock', 'reconnect', 'disconnect'] as const;
/** Deeds done by a token that the office makes. */
export const BY_TOKEN = [
	'clear-tamper',
	'set-power-limit',
	'set-phase-unbalance-limit',
	'clear-credit',
] as const;
export type TokenDeed = (typeof BY_TOKEN)[number];

export interface DeedContext {
	readonly role: string;
	readonly online: boolean;
	readonly lab: boolean;
	readonly tokensInHand: boolean;
	/** Connected with keys. */
	readonly connected: boolean;
	readonly glance: MeterGlance | undefined;
	readonly ours: OurTime;
}

export interface OfferedDeed {
	readonly deed: Deed;
	readonly title: string;
	readonly meaning: string;
	readonly act: string;
	/** What is known of the matter now, a sentence each. */
	readonly facts: readonly string[];
	/** What will happen, before it is confirmed. */
	readonly will: string;
	/** Why it is not offered; undefined: it is. */
	readonly barred: string | undefined;
	readonly cutsSupply: boolean;
}

/** A reason that says nothing wrong: what a person says is asked for when they do it. */
const ANY_REASON = '…'.repeat(REASON_LENGTH.least);

export function offeredDeed(deed: Deed, context: DeedContext): OfferedDeed {
	const { title, meaning, act } = words.engineering.deeds[deed];
	const { role, online, tokensInHand, lab } = context;
	const decided = decideEngineering({
		...{ deed, role, online, tokensInHand, labFunction: lab, reason: ANY_REASON },
	});
	const refusal =
		'refusal' in decided ? words.engineering.deedRefusals[decided.refusal] : undefined;
	const needsMeter = !DEEDS[deed].byToken && !context.connected ? own.noneDetail : undefined;
	return {
		...{ deed, title, meaning, act, cutsSupply: DEEDS[deed].cutsSupply },
		...factsOf(deed, context, refusal ?? needsMeter),
	};
}

type Facts = Pick<OfferedDeed, 'facts' | 'will' | 'barred'>;

function factsOf(deed: Deed, context: DeedContext, barred: string | undefined): Facts {
	const { glance } = context;
	const { meaning } = words.engineering.deeds[deed];
	if (deed === 'set-clock') return clockFacts(context, barred);
	if (deed === 'disconnect' || deed === 'reconnect') {
		const [relay] = glance?.relays ?? [];
		if (!glance || !relay)
			return { facts: [own.notRead], will: meaning, barred: barred ?? own.notRead };
		const decided = decideSwitch(deed, {
			standing: relay.standing,
			mode: valueOf(relay.mode),
			outOfCredit: isOutOfCredit(glance.payment),
		});
		const facts = [own.relay.stands(own.relay.standings[relay.standing]), whyOpen(relay)];
		const will =
			'refusal' in decided
				? meaning
				: `${words.engineering.relay.expectations[decided.expected]} ${meaning}`;
		const refused =
			'refusal' in decided ? words.engineering.relay.refusals[decided.refusal] : undefined;
		return { facts: facts.filter((text) => text !== ''), will, barred: barred ?? refused };
	}
	return { facts: [], will: meaning, barred };
}

function clockFacts({ glance, ours }: DeedContext, barred: string | undefined): Facts {
	const { meaning } = words.engineering.deeds['set-clock'];
	const { toleranceMs, maxStepS, maxUncertaintyMs } = USUAL_CLOCK;
	const limits = own.clock.limits(
		spanText(toleranceMs),
		spanText(maxStepS * 1000),
		spanText(maxUncertaintyMs),
	);
	const time = glance && valueOf(glance.clock.time);
	if (!glance || glance.clock.time.state === 'waiting')
		return { facts: [own.notRead, limits], will: meaning, barred: barred ?? own.notRead };
	const { drift } = glance.clock;
	const decided = decideClock(time, drift, ours.uncertaintyMs);
	const refused =
		'refusal' in decided ? words.engineering.clock.refusals[decided.refusal] : undefined;
	const off = !drift
		? own.clock.unset
		: drift.uncertaintyMs === null
			? own.clock.offUnknown(driftSaid(drift))
			: Math.abs(drift.driftMs) <= drift.uncertaintyMs
				? own.clock.right(spanText(drift.uncertaintyMs))
				: own.clock.off(driftSaid(drift), spanText(drift.uncertaintyMs));
	return { facts: [off, limits], will: meaning, barred: barred ?? refused };
}

/** "12 s ahead". */
export function driftSaid({ driftMs }: Pick<ClockDrift, 'driftMs'>): string {
	const span = spanText(Math.abs(driftMs));
	return driftMs < 0 ? own.clock.behind(span) : own.clock.ahead(span);
}

/** Registers of credit that this product's meters have. */
export const SHOWN_REGISTERS = [0x0000, 0x0004, 0xffff] as const;

/** Watts as they are typed; undefined: no limit. */
export function wattsOf(text: string): number | undefined {
	const plain = latinDigits(text).replace(/[\s.,\u00a0\u202f]/g, '');
	const watts = /^\d{1,10}$/.test(plain) ? Number(plain) : 0;
	return watts >= 1 && watts <= MAX_UNITS ? watts : undefined;
}
export const wattsHint = (): string => own.wattsHint(count(MAX_UNITS));

/** The wish of a deed by token; undefined while what it needs is not given. */
export function wishOf(
	deed: TokenDeed,
	{ watts, register }: { readonly watts: string; readonly register: number },
): EngineeringWish | undefined {
	if (deed === 'clear-tamper') return { kind: deed };
	if (deed === 'clear-credit')
		return register in CREDIT_REGISTERS
			? { kind: deed, register: register as CreditRegisterNumber }
			: undefined;
	const limit = wattsOf(watts);
	return limit === undefined ? undefined : { kind: deed, watts: limit };
}

/** What is wrong with a reason; undefined where it is one. */
export function reasonFault(deed: Deed, reason: string): string | undefined {
	const decided = decideEngineering({
		...{ deed, reason, role: 'technician', online: true, tokensInHand: true, labFunction: true },
	});
	return 'refusal' in decided ? words.engineering.deedRefusals[decided.refusal] : undefined;
}

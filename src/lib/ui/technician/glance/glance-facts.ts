/** The parts of a glance as lists of named facts, for the screen beside the card. */
import type { ClockGlance } from '#lib/core/field/glance/clock.ts';
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import type { LimiterGlance, Threshold } from '#lib/core/field/glance/limiter.ts';
import type { ChargeGlance, CreditGlance, PaymentGlance } from '#lib/core/field/glance/payment.ts';
import type { RelayGlance } from '#lib/core/field/glance/relay.ts';
import type { StsGlance } from '#lib/core/field/glance/sts-attributes.ts';
import type { Reading } from '#lib/core/field/reading.ts';
import { language } from '#lib/ui/state/language.ts';
import { words } from '#lib/ui/technician/words.ts';
import { formatMoment } from '#lib/ui/view/ages.ts';
import { driftAside, whyOpen } from './card-facts.ts';
import {
	numberText,
	quantityReading,
	quantityText,
	readingText,
	type ShownReading,
	spanText,
} from './reading-text.ts';
import { listText } from './verdict-view.ts';

export interface Fact extends ShownReading {
	readonly label: string;
}

export interface FactSection {
	readonly id: string;
	readonly title: string;
	/** Empty: nothing of this is in the meter, or not yet known to be. */
	readonly facts: readonly Fact[];
}

const own = words.glance;
const labels = words.technicianMeter.glance;
const fact = (label: string, shown: ShownReading): Fact => ({ label, ...shown });
const said = (text: string): ShownReading => ({ text, absent: false });

/** Every part but registers, counters and logs, which are tables. */
export function factSections(glance: MeterGlance): FactSection[] {
	const { payment, relays, limiters, clock, sts } = glance;
	return [
		{ id: 'account', title: own.parts.account, facts: accountFacts(payment) },
		...payment.credits.map((credit, at) => creditSection(credit, at)),
		...payment.charges.map((charge, at) => chargeSection(charge, at)),
		...relays.map((relay, at) => relaySection(relay, at)),
		...limiters.map((limiter, at) => limiterSection(limiter, at)),
		{ id: 'clock', title: own.parts.clock, facts: clockFacts(clock) },
		{ id: 'sts', title: own.parts.sts, facts: stsFacts(sts) },
		{ id: 'identity', title: labels.identity, facts: identityFacts(glance) },
	].filter(({ facts }) => facts.some((each) => !isMissing(each)));
}

const isMissing = ({ text, absent }: Fact): boolean =>
	absent && text === own.absent['not-in-this-meter'];

function accountFacts({ account }: PaymentGlance): Fact[] {
	const p = own.payment;
	return [
		fact(
			p.mode,
			readingText(account.mode, (mode) => p.modes[mode]),
		),
		fact(
			own.parts.account,
			readingText(account.status, (state) => p.states[state]),
		),
		fact(p.available, quantityReading(account.available)),
		fact(p.toClear, quantityReading(account.toClear)),
		fact(p.debt, quantityReading(account.debt)),
		fact(p.lowCredit, quantityReading(account.lowCredit)),
		fact(
			p.nextCredit,
			readingText(account.nextCreditAt, (at) =>
				at === 'none' ? p.noNextCredit : quantityText(at),
			),
		),
		fact(
			p.currency,
			readingText(account.currency, ({ name, kind }) => `${name} (${p.currencies[kind]})`),
		),
		fact(
			own.parts.credit,
			readingText(account.flags, (flags) => listText(flags.map((flag) => p.flags[flag]))),
		),
	];
}

function creditSection(credit: CreditGlance, at: number): FactSection {
	const p = own.payment;
	const type = readingText(credit.type, (each) => p.types[each]);
	return {
		id: `credit-${at}`,
		title: type.absent ? own.parts.credit : type.text,
		facts: [
			fact(p.available, quantityReading(credit.amount)),
			fact(
				labels.state,
				readingText(credit.status, (state) => p.creditStates[state]),
			),
			fact(p.limit, quantityReading(credit.limit)),
			fact(p.lowCredit, quantityReading(credit.warning)),
			fact(
				labels.rules,
				readingText(credit.rules, (rules) => listText(rules.map((rule) => p.rules[rule]))),
			),
		],
	};
}

function chargeSection(charge: ChargeGlance, at: number): FactSection {
	const p = own.payment;
	const type = readingText(charge.type, (each) => p.charges[each]);
	return {
		id: `charge-${at}`,
		title: type.absent ? own.parts.charge : `${own.parts.charge}: ${type.text}`,
		facts: [
			fact(p.remaining, quantityReading(charge.remaining)),
			fact(p.paid, quantityReading(charge.paid)),
		],
	};
}

function relaySection(relay: RelayGlance, at: number): FactSection {
	const r = own.relay;
	const why = whyOpen(relay);
	const modes: Readonly<Record<number, string>> = r.modes;
	return {
		id: `relay-${at}`,
		title: own.parts.relay,
		facts: [
			fact(words.technicianMeter.card.supply, said(why === '' ? r.standings[relay.standing] : why)),
			fact(
				labels.state,
				readingText(relay.state, (state) => r.states[state]),
			),
			fact(
				r.mode,
				readingText(relay.mode, (mode) => modes[mode] ?? r.otherMode(String(mode))),
			),
		],
	};
}

function limiterSection(limiter: LimiterGlance, at: number): FactSection {
	const l = own.limiter;
	const threshold = (reading: Reading<Threshold>): ShownReading =>
		readingText(reading, (value) => (value === 'none' ? l.none : quantityText(value)));
	return {
		id: `limiter-${at}`,
		title: own.parts.limiter,
		facts: [
			fact(l.active, threshold(limiter.active)),
			fact(l.normal, threshold(limiter.normal)),
			fact(l.emergency, threshold(limiter.emergency)),
			fact(
				labels.delay,
				readingText(limiter.overS, (seconds) => l.after(numberText(seconds))),
			),
		],
	};
}

function clockFacts(clock: ClockGlance): Fact[] {
	const c = own.clock;
	return [
		fact(
			c.shows,
			readingText(clock.time, ({ atMs }) =>
				atMs === null ? c.unset : formatMoment(atMs, language),
			),
		),
		...(clock.drift ? [fact(c.drift, said(driftAside(clock.drift)))] : []),
		fact(
			c.zone,
			readingText(clock.timeZoneMin, (minutes) => zoneText(minutes)),
		),
		fact(
			c.base,
			readingText(clock.base, (base) => c.bases[base]),
		),
	];
}

/** Minutes to add to local time to get UTC, as people write a zone. */
function zoneText(minutes: number): string {
	const sign = minutes > 0 ? '−' : '+';
	const two = (value: number): string => String(value).padStart(2, '0');
	return `UTC${sign}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}

function stsFacts(sts: StsGlance): Fact[] {
	const s = own.sts;
	const two = (value: number): string => String(value).padStart(2, '0');
	return [
		fact(
			own.identity.meterNumber,
			readingText(sts.pan, ({ pan }) => pan),
		),
		fact(s.algorithm, readingText(sts.ea, two)),
		fact(
			s.supplyGroup,
			readingText(sts.sgc, (sgc) => sgc),
		),
		fact(s.keyRevision, readingText(sts.krn, String)),
		fact(s.tariffIndex, readingText(sts.ti, two)),
		fact(s.keyType, readingText(sts.kt, String)),
		fact(s.keyExpiry, readingText(sts.ken, String)),
		fact(s.keyChangeTokens, readingText(sts.keyChangeTokens, String)),
	];
}

function identityFacts({ identity }: MeterGlance): Fact[] {
	const i = own.identity;
	const text = (reading: Reading<string>): ShownReading => readingText(reading, (each) => each);
	return [
		fact(i.deviceName, text(identity.deviceName)),
		...identity.serials.map((serial) => fact(i.serials, text(serial.text))),
		...identity.firmware.map(({ kind, text: reading }) =>
			fact(kind === 'signature' ? i.signature : i.firmware, text(reading)),
		),
	];
}

/** The rows of a dense table of registers. */
export interface RegisterRow extends ShownReading {
	readonly id: string;
	readonly name: string;
	readonly rate: string;
	readonly obis: string;
}

export function registerRows(registers: MeterGlance['energy']): RegisterRow[] {
	const r = own.registers;
	return registers.map(({ logicalName, measure, phase, rate, channel, quantity }) => ({
		...quantityReading(quantity),
		id: logicalName,
		obis: logicalName,
		name: [r.measures[measure], r.phases[phase], channel > 1 ? r.channel(numberText(channel)) : '']
			.filter((part) => part !== '')
			.join(' · '),
		rate: rate === 0 ? r.total : r.rate(numberText(rate)),
	}));
}

/** What a meter counts, and its logs, as rows of two cells. */
export function counterRows({ counters }: MeterGlance): Fact[] {
	return counters.map(({ kind, count }) =>
		fact(own.counters[kind], readingText(count, numberText)),
	);
}

export interface LogRowView {
	readonly id: string;
	readonly name: string;
	readonly entries: ShownReading;
	readonly every: string;
}

/** What a log is called. */
export function logName({ kind, detail }: MeterGlance['logs'][number]): string {
	const name = own.logs.kinds[kind];
	return kind === 'event-log' ? own.logs.numbered(name, numberText(detail)) : name;
}

export function logRows({ logs }: MeterGlance): LogRowView[] {
	return logs.map((log) => {
		const capacity = log.capacity.state === 'read' ? numberText(log.capacity.value) : '?';
		const every: Reading<number> = log.periodS;
		return {
			id: log.logicalName,
			name: logName(log),
			entries: readingText(log.entriesInUse, (inUse) =>
				own.logs.entries(numberText(inUse), capacity),
			),
			every:
				every.state !== 'read'
					? ''
					: every.value === 0
						? own.logs.asItHappens
						: own.logs.every(spanText(every.value * 1000)),
		};
	});
}

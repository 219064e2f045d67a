/** What stands on the meter's card: a handful of facts, as they become known. */
import { formatMoment } from '#lib/ui/view/ages.ts';
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import type { RelayGlance } from '#lib/core/field/glance/relay.ts';
import { valueOf } from '#lib/core/field/reading.ts';
import { language } from '#lib/ui/state/language.ts';
import type { Tone } from '#lib/ui/view/tones.ts';
import { words } from '#lib/ui/technician/words.ts';
import { quantityReading, readingText, type ShownReading, spanText } from './reading-text.ts';
import { driftText, listText } from './verdict-view.ts';

export interface CardFact {
	readonly id: 'supply' | 'credit' | 'mode' | 'clock' | 'firmware' | 'key';
	readonly label: string;
	readonly text: string;
	readonly absent: boolean;
	/** A second line, quieter. */
	readonly aside: string;
	readonly tone: Tone;
}

const waiting: ShownReading = { text: words.glance.absent.waiting, absent: true };
const missing: ShownReading = { text: words.glance.absent['not-in-this-meter'], absent: true };

/** The facts of a card, in their order; `glance` undefined: nothing was asked yet. */
export function cardFacts(glance: MeterGlance | undefined): CardFact[] {
	const own = words.technicianMeter.card;
	const fact = (
		id: CardFact['id'],
		label: string,
		shown: ShownReading,
		aside = '',
		tone: Tone = 'neutral',
	): CardFact => ({ id, label, ...shown, aside, tone });
	if (!glance) return [];
	const { payment, clock } = glance;
	const [relay] = glance.relays;
	const standing = relay?.standing ?? 'unknown';
	return [
		fact(
			'supply',
			own.supply,
			supplyOf(glance),
			relay ? whyOpen(relay) : '',
			SUPPLY_TONES[standing],
		),
		fact('credit', own.credit, quantityReading(payment.account.available)),
		fact(
			'mode',
			own.mode,
			readingText(payment.account.mode, (mode) => words.glance.payment.modes[mode]),
		),
		fact('clock', own.clock, clockText(glance), clock.drift ? driftAside(clock.drift) : ''),
		fact('firmware', own.firmware, firmwareText(glance)),
		fact('key', own.key, keyText(glance)),
	];
}

const SUPPLY_TONES: Record<RelayGlance['standing'], Tone> = {
	closed: 'good',
	open: 'bad',
	armed: 'wait',
	contradictory: 'bad',
	unknown: 'neutral',
};

function supplyOf({ relays: [main], progress }: MeterGlance): ShownReading {
	if (!main) return progress.complete ? missing : waiting;
	const known = main.standing !== 'unknown' || main.output.state !== 'waiting';
	return known
		? { text: words.glance.relay.standings[main.standing], absent: main.standing === 'unknown' }
		: waiting;
}

/** Why an open relay is open; empty where it is not. */
export function whyOpen({ standing, openBecause }: RelayGlance): string {
	const { because, doesNotSay, reasons } = words.glance.relay;
	if (standing !== 'open' && standing !== 'armed') return '';
	return openBecause.length === 0
		? doesNotSay
		: because(listText(openBecause.map((reason) => reasons[reason])));
}

function clockText({ clock }: MeterGlance): ShownReading {
	return readingText(clock.time, ({ atMs }) =>
		atMs === null ? words.glance.clock.unset : formatMoment(atMs, language),
	);
}

/** A drift within what is known is none. */
export function driftAside(drift: NonNullable<MeterGlance['clock']['drift']>): string {
	const { ownTimeUnknown, right, within } = words.glance.clock;
	if (drift.uncertaintyMs === null) return ownTimeUnknown;
	if (Math.abs(drift.driftMs) <= drift.uncertaintyMs) return right;
	return within(driftText(drift), spanText(drift.uncertaintyMs));
}

function firmwareText({ identity, progress }: MeterGlance): ShownReading {
	const first = identity.firmware.find(({ kind }) => kind === 'identifier') ?? identity.firmware[0];
	if (first) return readingText(first.text, (text) => text);
	return progress.complete ? missing : waiting;
}

function keyText({ sts }: MeterGlance): ShownReading {
	if (sts.krn.state !== 'read') return readingText(sts.krn, String);
	const part = (value: number | string | undefined): string => String(value ?? '–').padStart(1);
	const ti = valueOf(sts.ti);
	return {
		absent: false,
		text: words.technicianMeter.card.keyParts(
			part(valueOf(sts.sgc)),
			part(sts.krn.value),
			ti === undefined ? '–' : String(ti).padStart(2, '0'),
			ea(valueOf(sts.ea)),
		),
	};
}

const ea = (value: number | undefined): string =>
	value === undefined ? '–' : String(value).padStart(2, '0');

/**
 * What a session saw of its probe and its meter, in the form a proof has it. Pure; a meter that tells rubbish
 * can be written down: what has no form in the journal is left out as not read.
 */
import type { Opening } from '#lib/core/dlms/profile/meter-profile.ts';
import type { GatewayReading } from '#lib/core/field/delivery/gateway-reading.ts';
import type { MeterGlance } from '#lib/core/field/glance/glance.ts';
import type { ControlState } from '#lib/core/field/glance/relay.ts';
import type { MeterCurrency } from '#lib/core/field/glance/payment.ts';
import { type StsKey, stsKeyOf } from '#lib/core/field/glance/sts-attributes.ts';
import type { Quantity } from '#lib/core/field/quantity.ts';
import { valueOf } from '#lib/core/field/reading.ts';
import type { MeterAsRead, ProbeAsMet } from '../field-deeds.ts';

/** Characters of a text of the meter's own, by where it stands. */
const LABEL = 80;
const UNIT = 12;
const WIDEST_SCALE = 12;

/** One line of what a meter or a port tells, cut to so many characters; null where nothing is left of it. */
export function oneLine(text: string | undefined, most: number): string | null {
	const line = (text ?? '').replace(/\p{Cc}+/gu, ' ').trim();
	return line === '' ? null : line.slice(0, most);
}

/** A whole number that the journal can hold; null for any other. */
export const wholeOrNull = (value: number | null | undefined): number | null =>
	value !== null && value !== undefined && Number.isSafeInteger(value) ? value : null;

/** How the device came to the meter. @param baud 0 on a medium without a rate */
export function probeAsMet(
	label: {
		readonly kind: ProbeAsMet['kind'];
		readonly name: string;
		readonly usb?: string | undefined;
	},
	{ opening, baud }: { readonly opening: Opening; readonly baud: number },
): ProbeAsMet {
	const { kind, name, usb } = label;
	const known = usb !== undefined && /^[0-9a-f]{4}:[0-9a-f]{4}$/.test(usb);
	return {
		label: oneLine(name, LABEL) ?? kind,
		kind,
		usb: known ? usb : null,
		opening,
		baud: baud > 0 ? baud : null,
	};
}

/** A key as class 116 tells it; null while group, revision or index is missing. */
export function keyAsRead({ sgc, krn, ti, kt, ken, ea }: StsKey): MeterAsRead['key'] {
	if (sgc === undefined || krn === undefined || ti === undefined) return null;
	const known = { kt: kt ?? null, ken: ken ?? null, ea: ea ?? null };
	return { sgc, krn, ti: String(ti).padStart(2, '0'), ...known };
}

/** The state of a relay as the journal knows it. */
export const relayAsRead = (state: ControlState | undefined): MeterAsRead['relay'] =>
	state === undefined || state === 'other' ? null : state;

/** An amount of money or energy; null where its unit is not told, or it is beyond all bounds. */
export function creditAsRead(
	amount: number | null,
	currency: Pick<MeterCurrency, 'name' | 'scaler'> | undefined,
): MeterAsRead['credit'] {
	const unit = oneLine(currency?.name, UNIT);
	const whole = wholeOrNull(amount);
	if (!currency || unit === null || whole === null) return null;
	return Math.abs(currency.scaler) > WIDEST_SCALE
		? null
		: { amount: whole, scale: currency.scaler, unit };
}

/** What is read of a meter around a deed, beside its gateway. */
export interface MomentRead {
	readonly clockMs: number | null;
	readonly relay: MeterAsRead['relay'];
}
export const NO_MOMENT: MomentRead = { clockMs: null, relay: null };

/** A meter as its gateway and one look at clock and relay tell of it. */
export function meterAround(
	reading: GatewayReading | null,
	moment: MomentRead,
	currency: Pick<MeterCurrency, 'name' | 'scaler'> | undefined,
): MeterAsRead | null {
	if (!reading) return null;
	const amount = reading.credit ?? reading.available;
	return {
		clockMs: wholeOrNull(moment.clockMs),
		credit: creditAsRead(amount, currency),
		relay: moment.relay,
		key: null,
		totalWh: null,
	};
}

/** A meter as a glance tells of it. */
export function meterAtAGlance(glance: MeterGlance): MeterAsRead {
	const { clock, payment, relays, energy, sts } = glance;
	const currency = valueOf(payment.account.currency);
	const amount = payment.credits[0]?.amount ?? payment.account.available;
	const total = energy.find(
		({ measure, phase, rate, channel }) =>
			measure === 'active-import' && phase === 'sum' && rate === 0 && channel === 0,
	);
	const credit = valueOf(amount);
	return {
		clockMs: wholeOrNull(valueOf(clock.time)?.atMs),
		credit: credit ? creditAsRead(Number(credit.raw), currency) : null,
		relay: relayAsRead(relays[0] && valueOf(relays[0].state)),
		key: keyAsRead(stsKeyOf(sts)),
		totalWh: wattHours(total && valueOf(total.quantity)),
	};
}

function wattHours(quantity: Quantity | undefined): number | null {
	if (quantity?.unit !== 'Wh') return null;
	return wholeOrNull(Math.round(Number(`${quantity.raw}e${quantity.scaler}`)));
}

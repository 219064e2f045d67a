/** The key-change set of a delivery: which tokens it is, how it ended, and what key it is to bring. Pure. */
import type { PackedMeter } from '#lib/browser/vault/job-packs.ts';
import { type DeliveryToken, isFinal } from '#lib/core/field/delivery/delivery.ts';
import type { SetDelivery, WantedKey } from '#lib/core/field/engineering/key-run.ts';
import type { FieldDelivery } from '#lib/core/sync/proofs/field-delivery.ts';

/** The sections of the delivery's last set, in their order. */
export function sectionsOf({ delivery: { tokens } }: FieldDelivery): readonly DeliveryToken[] {
	const last = tokens.findLast(({ kind }) => kind === 'key-change');
	return tokens.filter(({ kind, set }) => kind === 'key-change' && set === last?.set);
}

/** Whose set it is; null: it was keyed in, or there is none. */
export function vendOfSet(field: FieldDelivery): string | null {
	const at = field.delivery.tokens.findIndex((token) => token === sectionsOf(field)[0]);
	return field.known[at]?.vendId ?? null;
}

/** What came of the set; undefined while there is none, or it is not over. */
export function deliveryOfSet(field: FieldDelivery): SetDelivery | undefined {
	const sections = sectionsOf(field);
	const refused = sections.some(
		({ state }) => state.phase === 'refused' || state.phase === 'not-taken',
	);
	if (refused) return 'refused';
	if (sections.length === 0 || !sections.every(isFinal)) return undefined;
	return sections.every(({ state }) => state.phase === 'accepted') ? 'taken' : 'unknown';
}

/** Key type of a meter in use: unique, and made by the utility (DUTK). */
const IN_USE = 2;
/** Not compared: a new key's own stands in its tokens only. */
const ANY_EXPIRY = 255;

/** The key that a set brings, as the office names it: the group, revision and index of the receipt or the pack. */
export function wantedKeyOf(
	place: { readonly sgc: string; readonly krn: number; readonly ti: string },
	ea: number,
	kt: number | null = IN_USE,
): WantedKey {
	const { sgc, krn, ti } = place;
	return { ea, sgc, krn, ti: Number(ti), kt: kt ?? IN_USE, ken: ANY_EXPIRY };
}

/** The key that the pack wants of a meter; undefined where it wants none. */
export const wantedOfPack = (meter: PackedMeter | undefined): WantedKey | undefined =>
	meter?.keyWanted ? wantedKeyOf(meter.keyWanted, meter.ea, meter.key.kt) : undefined;

/** The delivery without what of its set was not handed over yet: the meter has that key already. */
export function withoutSet(field: FieldDelivery): FieldDelivery {
	const sections = sectionsOf(field);
	const tokens = field.delivery.tokens.map((token) =>
		sections.includes(token) && token.state.phase === 'waiting'
			? { ...token, state: { phase: 'left' as const } }
			: token,
	);
	return { ...field, delivery: { ...field.delivery, tokens } };
}

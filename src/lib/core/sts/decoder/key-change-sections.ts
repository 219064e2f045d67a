/**
 * How a meter gathers the sections of a key change (sts.md §13.10): in any order, a repeated one taking
 * the place of the first, dropped after a time-out; the key changes only when the set is whole.
 */
import { formatHex } from '../../bytes/hex.ts';
import { ENCRYPTION_ALGORITHMS } from '../algorithms.ts';
import { isKrn, isSgc, isTariffIndex } from '../key-attributes.ts';
import { assembleNewKey, type GatheredSections, type NewKey } from '../key-change.ts';
import { isKeyTypeChangePermitted } from '../key-type.ts';
import type { DefinedToken, TokenOf } from '../subclasses.ts';
import type { Decoder, KeyRegister } from './decoder.ts';
import { EMPTY_TID_STORE } from './tid-store.ts';
import type { SectionResult } from './token-result.ts';

/** A key-change token of any section. */
export type SectionToken =
	| TokenOf<'first-section'>
	| TokenOf<'second-section'>
	| TokenOf<'third-section-of-64'>
	| TokenOf<'third-section-of-128'>
	| TokenOf<'fourth-section-of-128'>;

/** What became of a section. */
export type SectionOutcome =
	| {
			readonly result: SectionResult;
			readonly keyChanged: boolean;
			/** Sections still wanted, by number; empty once the key has changed. */
			readonly missing: readonly number[];
	  }
	| { readonly result: 'KeyTypeError' | 'FunctionError' | 'RangeError' | 'FormatError' };

const SECTIONS = {
	'first-section': { place: 'first', result: '1stKCT' },
	'second-section': { place: 'second', result: '2ndKCT' },
	'third-section-of-64': { place: 'thirdOf64', result: '3rdKCT' },
	'third-section-of-128': { place: 'thirdOf128', result: '3rdKCT' },
	'fourth-section-of-128': { place: 'fourthOf128', result: '4thKCT' },
} as const satisfies Record<
	SectionToken['kind'],
	{ place: keyof GatheredSections; result: SectionResult }
>;

/** Whether a token is a section of a key change. */
export function isSection(token: DefinedToken): token is SectionToken {
	return token.kind in SECTIONS;
}

function judgeSection(decoder: Decoder, token: SectionToken): SectionOutcome | undefined {
	if (token.kind === 'third-section-of-64') {
		if (!decoder.settings.takesThirdSection) return { result: 'FunctionError' };
		if (token.fields.pad !== 0) return { result: 'FormatError' };
	}
	if (token.kind === 'first-section' && !isKrn(token.fields.krn)) return { result: 'RangeError' };
	if (token.kind === 'second-section' && !isTariffIndex(token.fields.ti))
		return { result: 'RangeError' };
	return undefined;
}

function missingSections(sections: GatheredSections, ea: KeyRegister['ea']): number[] {
	const wantsThird = ea === 11 || sections.first?.threeTokens === 1;
	const missing: number[] = [];
	if (!sections.first) missing.push(1);
	if (!sections.second) missing.push(2);
	if (wantsThird && !sections.thirdOf64 && !sections.thirdOf128) missing.push(3);
	if (ea === 11 && !sections.fourthOf128) missing.push(4);
	return missing;
}

/** The sections that still count, with one more. A meter without a third section does not wait for it. */
function gather(decoder: Decoder, token: SectionToken, instantMs: number): GatheredSections {
	const { keyChange, settings } = decoder;
	const inTime = keyChange && instantMs - keyChange.latestMs <= settings.keyChangeTimeoutMs;
	const gathered = inTime ? keyChange.sections : {};
	if (token.kind === 'first-section' && !settings.takesThirdSection)
		return { ...gathered, first: { ...token.fields, threeTokens: 0 } };
	return { ...gathered, [SECTIONS[token.kind].place]: token.fields };
}

/** The decoder with its new key: only now does anything of the old one go. */
function adopt(decoder: Decoder, newKey: NewKey): Decoder {
	const { decoderKey, ken, krn, kt, ti, sgc, rollover } = newKey;
	return {
		...decoder,
		keyRegister: {
			ea: decoder.keyRegister.ea,
			decoderKeyHex: formatHex(decoderKey),
			...{ ken, krn, kt, ti, sgc: sgc ?? null },
		},
		tidStore: rollover ? EMPTY_TID_STORE : decoder.tidStore,
		keyChange: null,
	};
}

/** Takes one section, and changes the key when it was the last one wanted. */
export function takeSection(
	decoder: Decoder,
	token: SectionToken,
	instantMs: number,
): { decoder: Decoder; outcome: SectionOutcome } {
	const refused = judgeSection(decoder, token);
	if (refused) return { decoder, outcome: refused };
	const { ea, kt } = decoder.keyRegister;
	const sections = gather(decoder, token, instantMs);
	const newKey = assembleNewKey(sections, ENCRYPTION_ALGORITHMS[ea].keyOctets);
	const { result } = SECTIONS[token.kind];
	if (!newKey) {
		const missing = missingSections(sections, ea);
		return {
			decoder: { ...decoder, keyChange: { latestMs: instantMs, sections } },
			outcome: { result, keyChanged: false, missing },
		};
	}
	const dropped = { ...decoder, keyChange: null };
	if (newKey.sgc !== undefined && !isSgc(newKey.sgc))
		return { decoder: dropped, outcome: { result: 'RangeError' } };
	if (newKey.kt !== kt && !isKeyTypeChangePermitted(kt, newKey.kt, decoder.settings.keyTypeChanges))
		return { decoder: dropped, outcome: { result: 'KeyTypeError' } };
	return {
		decoder: adopt(decoder, newKey),
		outcome: { result, keyChanged: true, missing: [] },
	};
}

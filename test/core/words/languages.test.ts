import { describe, expect, it } from 'vitest';
import { REFUSALS, type RefusalCode } from '#lib/core/vending/refusals.ts';
import { ar } from '#lib/core/words/ar/catalogue.ts';
import { customerPaper as paperAr } from '#lib/core/words/ar/customer-paper.ts';
import { customerPaper as paperEn } from '#lib/core/words/en/customer-paper.ts';
import { customerPaper as paperFr } from '#lib/core/words/fr/customer-paper.ts';
import { customerPaper as paperPt } from '#lib/core/words/pt/customer-paper.ts';
import { customerPaper as paperSw } from '#lib/core/words/sw/customer-paper.ts';
import { deliver as deliverAr } from '#lib/core/words/ar/on-use/deliver.ts';
import { deliver as deliverEn } from '#lib/core/words/en/on-use/deliver.ts';
import { deliver as deliverFr } from '#lib/core/words/fr/on-use/deliver.ts';
import { deliver as deliverPt } from '#lib/core/words/pt/on-use/deliver.ts';
import { deliver as deliverSw } from '#lib/core/words/sw/on-use/deliver.ts';
import type { CustomerPaperWords } from '#lib/core/words/customer-paper.ts';
import type { DeliverWords } from '#lib/core/words/deliver.ts';
import { en, type Words } from '#lib/core/words/catalogue.ts';
import { fr } from '#lib/core/words/fr/catalogue.ts';
import {
	isLanguage,
	LANGUAGE_FACTS,
	languageFrom,
	LANGUAGES,
	type Language,
} from '#lib/core/units/languages.ts';
import { pluralIn } from '#lib/core/words/plural.ts';
import { pt } from '#lib/core/words/pt/catalogue.ts';
import { STAFF_REFUSALS } from '#lib/core/words/staff-refusals.ts';
import { sw } from '#lib/core/words/sw/catalogue.ts';

interface LoadedLater {
	readonly deliver: DeliverWords;
	readonly paper: CustomerPaperWords;
}

/** What everybody reads, what is loaded with one screen, and what a till loads with one paper. */
const CATALOGUES: Record<Language, Words & LoadedLater> = {
	en: { ...en, deliver: deliverEn, paper: paperEn },
	fr: { ...fr, deliver: deliverFr, paper: paperFr },
	pt: { ...pt, deliver: deliverPt, paper: paperPt },
	sw: { ...sw, deliver: deliverSw, paper: paperSw },
	ar: { ...ar, deliver: deliverAr, paper: paperAr },
};
const OTHERS = LANGUAGES.filter((language) => language !== 'en');

/** Every string and function of a catalogue, by its path. */
function leaves(tree: object, path = ''): Map<string, unknown> {
	const found = new Map<string, unknown>();
	for (const [key, value] of Object.entries(tree)) {
		const at = path === '' ? key : `${path}.${key}`;
		if (typeof value === 'object' && value !== null)
			for (const [inner, leaf] of leaves(value, at)) found.set(inner, leaf);
		else found.set(at, value);
	}
	return found;
}

/**
 * A fact that is a string wherever it is written, and an object of facts wherever a field of it is asked for.
 * Their numbers are such that no sentence has them by itself, and that each is more than two.
 */
function sampleFacts(asked: Map<string, string>) {
	const marker = (name: string): string => {
		const known = asked.get(name) ?? String(40_103 + asked.size);
		asked.set(name, known);
		return known;
	};
	const names = ['first', 'second', 'third', 'fourth'];
	return names.map(
		(name) =>
			new Proxy(
				{},
				{
					get: (_, key) => {
						if (key === Symbol.toPrimitive) return () => marker(name);
						if (key === 'replace') return marker(name).replace.bind(marker(name));
						return typeof key === 'string' ? marker(key) : undefined;
					},
				},
			),
	);
}

type Sentence = (...facts: unknown[]) => string;

/** What a sentence says of sample facts, and the names of those that are in it. */
function said(sentence: Sentence): { text: string; facts: string[] } {
	const asked = new Map<string, string>();
	const text = sentence(...sampleFacts(asked));
	const facts = [...asked].filter(([, value]) => text.includes(value)).map(([name]) => name);
	return { text, facts: facts.sort() };
}

const textOf = (leaf: unknown): string =>
	typeof leaf === 'function' ? said(leaf as Sentence).text : String(leaf);

const STAFF = new Set<string>(STAFF_REFUSALS);
const isStaffs = (path: string): boolean =>
	path.startsWith('problems.') && STAFF.has(path.split('.')[1] ?? '');

/** What a meter's own display says, the same in every language. */
const DISPLAY = /^virtualMeter\.(display|items|entry\.\w+\.display|results\.\w+\.display)\b/;
const VALUES = /^virtualMeter\.(notSet|yes|no|open|closed)$/;

/** Words that are the same in two languages by right: names, signs, units, and what they share. */
const SAME: Record<string, readonly string[]> = {
	fr: [
		...['claim.refused.code', 'frame.failure.code', 'virtualMeter.code', 'token.test'],
		...['virtualMeter.housing.test', 'deliver.code', 'paper.test', 'paper.receipt.carrying'],
	],
	pt: ['paper.receipt.tokenOf', 'paper.receipt.carrying'],
	sw: ['waterfall.lines.vat.name', 'paper.receipt.tokenOf', 'paper.receipt.carrying'],
	ar: ['paper.receipt.tokenOf'],
};
const SAME_EVERYWHERE = new Set([
	...['frame.name', 'meter.phone.refusals.empty'],
	...['virtualMeter.housing.ratings', 'virtualMeter.housing.pulses', 'virtualMeter.load.power'],
	...['virtualMeter.lapse.meaning.60', 'virtualMeter.lapse.meaning.3600'],
	...['virtualMeter.twin.item', 'rejectDoctor.compared.row', 'use.reading.last'],
]);

describe.each(OTHERS)('the catalogue in %s', (language) => {
	const english = leaves(CATALOGUES.en);
	const own = leaves(CATALOGUES[language]);

	it('has every sentence, and no other', () => {
		expect([...own.keys()].sort()).toEqual([...english.keys()].sort());
	});

	it('leaves nothing in English', () => {
		const allowed = new Set([...SAME_EVERYWHERE, ...(SAME[language] ?? [])]);
		const left = [...english.keys()].filter(
			(path) =>
				textOf(own.get(path)) === textOf(english.get(path)) &&
				!DISPLAY.test(path) &&
				!VALUES.test(path) &&
				!allowed.has(path),
		);
		expect(left).toEqual([]);
	});

	it('says every fact that the English sentence says', () => {
		const lost = [...english].flatMap(([path, leaf]) => {
			if (typeof leaf !== 'function' || isStaffs(path)) return [];
			const wanted = said(leaf as Sentence).facts;
			const found = said(own.get(path) as Sentence).facts;
			return wanted.join() === found.join() ? [] : [`${path}: ${wanted.join()} / ${found.join()}`];
		});
		expect(lost).toEqual([]);
	});

	it('has general words for what only staff should meet, and own words for the rest', () => {
		const { problems } = CATALOGUES[language];
		const general = problems[STAFF_REFUSALS[0]];
		const alike = (Object.keys(REFUSALS) as RefusalCode[]).filter(
			(code) => problems[code] === general,
		);
		expect(alike.sort()).toEqual([...STAFF_REFUSALS].sort());
	});
});

describe.each(LANGUAGES)('every sentence in %s', (language) => {
	it('is calm and whole: no exclamation, no stray space, no straight apostrophe, nothing undefined', () => {
		const odd = [...leaves(CATALOGUES[language])].flatMap(([path, leaf]) => {
			const text = textOf(leaf);
			const isOdd = /[!¡！]|[Oo]ops| {2}|^ | $|\w'\w|undefined|\[object|NaN/.test(text);
			return isOdd ? [`${path}: ${text}`] : [];
		});
		expect(odd).toEqual([]);
	});

	it('counts from none to many without falling over', () => {
		for (const count of ['0', '1', '2', '3', '7', '11', '20', '100', '1,000'])
			for (const text of [
				CATALOGUES[language].topUp.soFar(count),
				CATALOGUES[language].claim.soFar(count),
				CATALOGUES[language].purchase.list.tokens(count),
			])
				expect(text).not.toMatch(/undefined|^\s*$/);
	});
});

describe('plurals', () => {
	it.each([
		['0', 'other'],
		['1', 'one'],
		['2', 'two'],
		['3', 'few'],
		['10', 'few'],
		['11', 'many'],
		['99', 'many'],
		['100', 'other'],
		['1,003', 'few'],
		['some', 'other'],
	])('of Arabic: %s takes %s', (count, form) => {
		const forms = { one: 'one', two: 'two', few: 'few', many: 'many', other: 'other' };
		expect(pluralIn('ar')(count, forms)).toBe(form);
	});
	it('of French: nought is one', () => {
		expect(pluralIn('fr')('0', { one: 'chiffre', other: 'chiffres' })).toBe('chiffre');
		expect(pluralIn('en')('0', { one: 'digit', other: 'digits' })).toBe('digits');
	});
	it('take the general form where a language has no own one', () => {
		expect(pluralIn('ar')('2', { other: 'x' })).toBe('x');
	});
});

describe('the language a person gets', () => {
	it.each([
		[['sw-KE', 'en'], 'sw'],
		[['AR'], 'ar'],
		[['zu', 'pt-BR', 'en'], 'pt'],
		[['zu', 'xh'], 'en'],
		[[], 'en'],
		[['fra'], 'en'],
	])('of %j is %s', (tags, language) => expect(languageFrom(tags)).toBe(language));

	it('is one of ours, whatever is stored', () => {
		expect(isLanguage('sw')).toBe(true);
		for (const odd of ['', 'SW', 'klingon', null, undefined, 5, 'toString'])
			expect(isLanguage(odd)).toBe(false);
	});

	it.each(LANGUAGES)('writes Latin digits: %s', (language) => {
		const { format } = LANGUAGE_FACTS[language];
		expect(new Intl.NumberFormat(format).format(1234567890)).toMatch(/^[\d\s.,\u00a0\u202f]+$/);
		expect(new Intl.DateTimeFormat(format, { dateStyle: 'medium' }).format(0)).toMatch(/1970/);
	});
});

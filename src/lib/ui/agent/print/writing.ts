/** In which words a till's papers are written: staff's in those of its screens, a customer's in those of the paper. */
import { PrintFault } from '#lib/browser/print/print-fault.ts';
import type { PaperWords, StaffPaperWords } from '#lib/core/paper/paper-words.ts';
import { LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';
import { agentEn, type AgentWords } from '#lib/core/words/agent.ts';
import type { FirstWords } from '#lib/core/words/catalogue.ts';
import type { CustomerPaperWords } from '#lib/core/words/customer-paper.ts';
import { language, words } from '#lib/ui/state/language.ts';

export const printWords: AgentWords['paper'] = agentEn.paper;

export const staffWriting: StaffPaperWords = { words, own: printWords, language };

type Load = () => Promise<
	[{ readonly first: FirstWords }, { readonly customerPaper: CustomerPaperWords }]
>;

/** Each comes with the first paper in it; a till keeps all of them. */
const CATALOGUES: Readonly<Record<Exclude<Language, 'en'>, Load>> = {
	fr: () =>
		Promise.all([
			import('#lib/core/words/fr/first.ts'),
			import('#lib/core/words/fr/customer-paper.ts'),
		]),
	pt: () =>
		Promise.all([
			import('#lib/core/words/pt/first.ts'),
			import('#lib/core/words/pt/customer-paper.ts'),
		]),
	sw: () =>
		Promise.all([
			import('#lib/core/words/sw/first.ts'),
			import('#lib/core/words/sw/customer-paper.ts'),
		]),
	ar: () =>
		Promise.all([
			import('#lib/core/words/ar/first.ts'),
			import('#lib/core/words/ar/customer-paper.ts'),
		]),
};

/** @throws {PrintFault} `no-language`: its words are not kept here, and cannot be had now */
export async function customersWriting(wanted: Language): Promise<PaperWords> {
	if (wanted === 'en') return staffWriting;
	const [{ first }, { customerPaper }] = await CATALOGUES[wanted]().catch((error: unknown) => {
		throw new PrintFault('no-language', error);
	});
	return { words: first, own: customerPaper, language: LANGUAGE_FACTS[wanted].format };
}

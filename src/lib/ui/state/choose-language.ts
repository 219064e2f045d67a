/** A person's choice of a language, and going over to screens in another one: both load the page anew. */
import { keepLanguage } from '#lib/browser/device/keep-audience.ts';
import { keepChosenLanguage } from '#lib/browser/device/language-choice.ts';
import type { Language } from '#lib/core/units/languages.ts';
import { canSpeak } from './catalogues.ts';
import { pageLanguage } from './language.ts';
import { languageOf } from './page-language.ts';

/** Why a choice changed nothing: its sentences cannot be had now, or the browser keeps nothing. */
export type ChoiceTrouble = 'not-here' | 'not-kept';

/** How long the page waits for its service worker before it loads anew; the file is in the browser's cache then. */
const KEEPING_MS = 5_000;

/** Loads the page anew in this language, or says why not. */
export async function chooseLanguage(language: Language): Promise<ChoiceTrouble | null> {
	if (!(await canSpeak(language))) return 'not-here';
	if (!keepChosenLanguage(language)) return 'not-kept';
	const late = new Promise((resolve) => setTimeout(resolve, KEEPING_MS));
	await Promise.race([keepLanguage(language), late]);
	location.reload();
	return null;
}

/** The device keeps the language its holder reads; it is asked at every start, whatever was to be had. */
export function keepOwnLanguage(path: string): void {
	void keepLanguage(languageOf(path));
}

/** Whether the screens of a path speak another language than this page. */
export const speaksOtherwise = (path: string): boolean => languageOf(path) !== pageLanguage;

/** The language that a person has chosen on this device. */
import { isLanguage, type Language } from '#lib/core/units/languages.ts';

const CHOICE = 'tokenline-language';

/** Undefined where nobody has chosen, or where the browser keeps nothing for this page. */
export function chosenLanguage(): Language | undefined {
	try {
		const kept = localStorage.getItem(CHOICE);
		return isLanguage(kept) ? kept : undefined;
	} catch {
		return undefined;
	}
}

/** @returns whether it is kept */
export function keepChosenLanguage(language: Language): boolean {
	try {
		localStorage.setItem(CHOICE, language);
		return true;
	} catch {
		return false;
	}
}

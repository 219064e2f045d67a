/** Which language a page is in. Staff's screens are English; everybody else's are in the person's own. */
import { chosenLanguage } from '#lib/browser/device/language-choice.ts';
import { isStaffs } from '#lib/core/sync/audiences.ts';
import {
	FALLBACK,
	LANGUAGE_FACTS,
	languageFrom,
	LANGUAGES,
	type Language,
} from '#lib/core/units/languages.ts';
import { speak } from './catalogues.ts';

/** The language of a path's screens, for whoever holds this device. */
export function languageOf(path: string): Language {
	if (isStaffs(path)) return FALLBACK;
	return chosenLanguage() ?? languageFrom(navigator.languages);
}

/** Before the first screen is drawn. Where a language cannot be had, offline and never kept here, it is one that can. */
export async function speakOn(path: string): Promise<void> {
	const language = await firstToBeHad([languageOf(path), FALLBACK, ...LANGUAGES]);
	document.documentElement.lang = language;
	document.documentElement.dir = LANGUAGE_FACTS[language].direction;
}

async function firstToBeHad([language, ...others]: readonly Language[]): Promise<Language> {
	if (language === undefined) throw new TypeError('no language of this app can be loaded');
	return speak(language).then(
		() => language,
		() => firstToBeHad(others),
	);
}

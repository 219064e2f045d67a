import { afterEach, describe, expect, it, vi } from 'vitest';
import { chosenLanguage, keepChosenLanguage } from '#lib/browser/device/language-choice.ts';
import { languageOf } from '#lib/ui/state/page-language.ts';

/** A browser that asks for these languages, and keeps what it is given unless it may not. */
function browser(languages: readonly string[], kept: string | null | 'forbidden' = null): void {
	let value = kept;
	const guard = <T>(answer: () => T): T => {
		if (kept === 'forbidden') throw new DOMException('no storage here', 'SecurityError');
		return answer();
	};
	vi.stubGlobal('navigator', { languages });
	vi.stubGlobal('localStorage', {
		getItem: () => guard(() => value),
		setItem: (_: string, next: string) => guard(() => (value = next)),
	});
}

afterEach(() => vi.unstubAllGlobals());

describe('the language of a page', () => {
	it('is the browser’s until a person chooses, then theirs', () => {
		browser(['sw-TZ', 'en']);
		expect(languageOf('/')).toBe('sw');
		expect(keepChosenLanguage('ar')).toBe(true);
		expect(chosenLanguage()).toBe('ar');
		expect(languageOf('/purchases/1')).toBe('ar');
		expect(languageOf('/virtual-meter')).toBe('ar');
	});
	it('is English on staff’s screens, and on theirs alone', () => {
		browser(['fr'], 'sw');
		for (const path of ['/agent', '/technician/jobs', '/office/agents/1'])
			expect(languageOf(path)).toBe('en');
		expect(languageOf('/agents-of-change')).toBe('sw');
	});
	it('is the browser’s where nothing may be kept, and where what is kept is no language', () => {
		browser(['pt-BR'], 'forbidden');
		expect(languageOf('/')).toBe('pt');
		expect(keepChosenLanguage('sw')).toBe(false);
		browser(['pt-BR'], 'klingon');
		expect(languageOf('/')).toBe('pt');
	});
	it('is English for a browser that asks for none of ours', () => {
		browser(['zu', 'xh']);
		expect(languageOf('/')).toBe('en');
	});
});

/** In which language a paper is written, and how that gets onto it. */
import { FALLBACK, LANGUAGE_FACTS, type Language } from '#lib/core/units/languages.ts';
import type { Direction } from './direction.ts';

export const directionIn = (language: Language): Direction => LANGUAGE_FACTS[language].direction;

/**
 * No receipt printer's table has letters that are joined, so what runs from right to left is drawn for it.
 * @param isEscPos false: the system's dialogue, which has every script
 */
export const isDrawn = (language: Language, isEscPos: boolean): boolean =>
	isEscPos && directionIn(language) === 'rtl';

/** Where nothing can be drawn, a customer gets a paper in English rather than none. */
export const printedIn = (wanted: Language, isEscPos: boolean, canDraw: boolean): Language =>
	isDrawn(wanted, isEscPos) && !canDraw ? FALLBACK : wanted;

/** What the field for a code that was sent keeps of what is typed or pasted into it. */
import { FETCH_CODE_LENGTH } from '#lib/core/sync/fetch.ts';
import { latinDigits } from '#lib/core/units/digits.ts';

/** The first digits, of whatever keyboard; everything else is passed over. */
export const typedFetchCode = (text: string): string =>
	latinDigits(text).replace(/\D/g, '').slice(0, FETCH_CODE_LENGTH);

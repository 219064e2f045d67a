/** What the style page says. It is English, like the screens of staff. */
import { styleEn, type StyleWords } from '#lib/core/words/style.ts';

export const words: StyleWords = styleEn;

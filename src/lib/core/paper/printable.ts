/**
 * Text as a printer can print it. A receipt printer has one table of 256 characters; what is not in it is
 * written in Latin letters where that can be done, and as `?` where not: a name that is spelled otherwise can be
 * read, rubbish cannot. For a script of its own the system's print dialogue is the way.
 */

/** Letters and signs that have no decomposition: by Latin letters that sound or look like them. */
const SPELLINGS: Readonly<Record<string, string>> = {
	...pairsOf('ßss ÆAE æae ØO øo ŒOE œoe ĐD đd ŁL łl ÞTh þth ıi ŊNg ŋng'),
	...pairsOf('–- —- ‘\' ’\' “" ”" …... −- ⁄/ ‹< ›> «" »" •* ×x ·. °o €EUR £GBP'),
	// Cyrillic
	...pairsOf('аa бb вv гg дd еe жzh зz иi йy кk лl мm нn оo пp рr сs тt уu фf хkh цts чch'),
	...pairsOf("шsh щshch ъ' ыy ь' эe юyu яya ёe іi їyi єye ґg"),
	// Greek
	...pairsOf('αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs ςs τt υy φf χch ψps ωo'),
	// Arabic
	...pairsOf(
		'اa أa إi آa ىa بb تt ثth جj حh خkh دd ذdh رr زz سs شsh صs ضd طt ظz عa غgh فf قq كk لl',
	),
	...pairsOf("مm نn هh ةa وw ؤw يy ئy ء' ٠0 ١1 ٢2 ٣3 ٤4 ٥5 ٦6 ٧7 ٨8 ٩9 ،, ؟?"),
};

function pairsOf(rows: string): Record<string, string> {
	return Object.fromEntries(rows.split(' ').map((row) => [row.slice(0, 1), row.slice(1)]));
}

const ASCII = /^[ -~\n]$/;
/** Kept for the layout, which makes a space of it. */
const NO_BREAK_SPACE = '\u00a0';
const OTHER_SPACES = /^[\u2000-\u200a\u202f\u205f\t]$/;
const UNSEEN = /^[\p{M}\p{Cf}\p{Cc}]$/u;

/** @param isInTable whether the printer's table has a character beyond ASCII */
export function printableText(said: string, isInTable: (character: string) => boolean): string {
	return [...said.normalize('NFC')]
		.map((character) => printableCharacter(character, isInTable))
		.join('');
}

function printableCharacter(character: string, isInTable: (character: string) => boolean): string {
	if (ASCII.test(character) || character === NO_BREAK_SPACE) return character;
	if (OTHER_SPACES.test(character)) return NO_BREAK_SPACE;
	if (UNSEEN.test(character)) return '';
	if (isInTable(character)) return character;
	return spelling(character) ?? '?';
}

function spelling(character: string): string | undefined {
	const own = SPELLINGS[character] ?? capitalised(character);
	if (own !== undefined) return own;
	const bare = character.normalize('NFKD').replace(/\p{M}/gu, '');
	if (bare === character || bare === '') return undefined;
	const parts = [...bare].map((part) => (ASCII.test(part) ? part : spelling(part)));
	return parts.includes(undefined) ? undefined : parts.join('');
}

/** By the small letter of a capital one. */
function capitalised(character: string): string | undefined {
	const small = character.toLowerCase();
	const spelled = small === character ? undefined : SPELLINGS[small];
	return spelled === undefined ? undefined : spelled.slice(0, 1).toUpperCase() + spelled.slice(1);
}

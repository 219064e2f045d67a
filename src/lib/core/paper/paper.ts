/**
 * What stands on a paper, whatever prints it: a list of elements from top to bottom. No element knows how wide
 * the paper is; `lay-out.ts` sets them in characters.
 */

export type PaperElement =
	| PaperText
	/** A name at the left, its value at the right; under each other where the paper is too narrow. */
	| {
			readonly kind: 'pair';
			readonly name: string;
			readonly value: string;
			readonly bold?: true;
	  }
	/** A line across. */
	| { readonly kind: 'rule' }
	/** An empty line. */
	| { readonly kind: 'gap' }
	/**
	 * Digits or characters to be keyed in, as large as they fit. No group is ever parted, and the groups stand on
	 * one line wherever there is room.
	 */
	| {
			readonly kind: 'groups';
			readonly groups: readonly string[];
			/** Between two groups: a space for a token, a hyphen for a code, so that one is not taken for the other. */
			readonly joiner: ' ' | '-';
	  }
	| { readonly kind: 'qr'; readonly text: string }
	| { readonly kind: 'cut' };

export interface PaperText {
	readonly kind: 'text';
	readonly text: string;
	/** At the left where nothing is said. */
	readonly align?: 'center';
	readonly bold?: true;
	/** `tall`: twice as high. `big`: twice as high and as wide. */
	readonly size?: 'tall' | 'big';
}

export type Paper = readonly PaperElement[];

/** Papers of the trade in characters of the printer's first font: 58 mm, 80 mm of older make, 80 mm. */
export const PAPER_COLUMNS = [32, 42, 48] as const;
export type PaperColumns = (typeof PAPER_COLUMNS)[number];

/** Millimetres of paper for so many characters. */
export const paperWidthMm = (columns: PaperColumns): 58 | 80 => (columns === 32 ? 58 : 80);

/** The same paper with every text put through `change`; what a QR code holds stays. */
export function mapPaperText(paper: Paper, change: (text: string) => string): Paper {
	return paper.map((element) => {
		switch (element.kind) {
			case 'text':
				return { ...element, text: change(element.text) };
			case 'pair':
				return { ...element, name: change(element.name), value: change(element.value) };
			case 'groups':
				return { ...element, groups: element.groups.map(change) };
			case 'rule':
			case 'gap':
			case 'qr':
			case 'cut':
				return element;
		}
	});
}

/** Nothing where `value` is empty or unknown. */
export function pairIf(name: string, value: string | null | undefined): PaperElement[] {
	return value === '' || value === null || value === undefined
		? []
		: [{ kind: 'pair', name, value }];
}

export const text = (said: string): PaperElement => ({ kind: 'text', text: said });
export const centered = (said: string): PaperElement => ({
	kind: 'text',
	text: said,
	align: 'center',
});
/** What the paper is: seen first. */
export const heading = (said: string): PaperElement => ({
	kind: 'text',
	text: said,
	align: 'center',
	bold: true,
	size: 'tall',
});
/** What must not be overlooked. */
export const mark = (said: string): PaperElement => ({
	kind: 'text',
	text: said,
	align: 'center',
	bold: true,
	size: 'big',
});
export const RULE: PaperElement = { kind: 'rule' };
export const GAP: PaperElement = { kind: 'gap' };
export const CUT: PaperElement = { kind: 'cut' };

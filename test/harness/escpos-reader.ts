/**
 * What a receipt printer makes of the octets it is sent, read by the commands of ESC/POS and by nothing of ours:
 * lines with how they look, QR codes, pictures, cuts. A command it does not know is an error, because a printer would
 * print it as rubbish.
 */

export interface PrintedLine {
	/** As it stands on the paper, indents and all, without the spaces at its end. */
	readonly text: string;
	/** Characters of the first font that it takes up. */
	readonly cells: number;
	readonly bold: boolean;
	readonly wide: number;
	readonly tall: number;
	readonly align: 'left' | 'center' | 'right';
}

/** What was sent dot by dot, from the left edge. */
export interface PrintedPicture {
	/** Dots. */
	readonly width: number;
	readonly height: number;
	/** Whether there is a dot. */
	readonly isBlack: (x: number, y: number) => boolean;
	/** How many lines were finished before it. */
	readonly afterLine: number;
}

/** What lies between two cuts. */
export interface PrintedPaper {
	readonly lines: readonly PrintedLine[];
	readonly qrCodes: readonly string[];
	readonly pictures: readonly PrintedPicture[];
	/** False: the octets ended in the middle of it. */
	readonly isCut: boolean;
	readonly text: string;
}

const ESC = 0x1b;
const GS = 0x1d;
const FS = 0x1c;
const LF = 0x0a;
const ALIGNS = ['left', 'center', 'right'] as const;
/** Numbers of `ESC t`. */
const TABLES: Readonly<Record<number, string>> = { 16: 'windows-1252', 17: 'ibm866' };

class Reader {
	readonly papers: PrintedPaper[] = [];
	readonly #octets: Uint8Array;
	#at = 0;
	#lines: PrintedLine[] = [];
	#qrCodes: string[] = [];
	#pictures: PrintedPicture[] = [];
	#stored = '';
	#line = '';
	#cells = 0;
	#bold = false;
	#wide = 1;
	#tall = 1;
	#lineLook = { bold: false, wide: 1, tall: 1 };
	#align: PrintedLine['align'] = 'left';
	#table = 0;

	constructor(octets: Uint8Array) {
		this.#octets = octets;
	}

	read(): PrintedPaper[] {
		while (this.#at < this.#octets.length) this.#step();
		if (this.#line !== '') this.#endLine();
		this.#endStarted();
		return this.papers;
	}

	#step(): void {
		const octet = this.#next();
		if (octet === ESC) this.#escape();
		else if (octet === GS) this.#group();
		else if (octet === FS) this.#expect([0x2e], 'FS');
		else if (octet === LF) this.#endLine();
		else this.#print(octet);
	}

	#escape(): void {
		const command = String.fromCharCode(this.#next());
		switch (command) {
			case '@':
				this.#reset();
				return;
			case 'E':
				this.#bold = (this.#next() & 1) === 1;
				return;
			case 'a':
				this.#align = ALIGNS[this.#next() % 48] ?? this.#fail('an alignment');
				return;
			case 't':
				this.#table = this.#next();
				return;
			case 'd':
				for (let lines = this.#next(); lines > 0; lines -= 1) this.#endLine();
				return;
			case 'M':
				if (this.#next() % 48 !== 0) this.#fail('another font');
				return;
			default:
				this.#fail(`ESC ${command}`);
		}
	}

	#group(): void {
		const command = String.fromCharCode(this.#next());
		switch (command) {
			case '!': {
				const size = this.#next();
				this.#wide = (size >> 4) + 1;
				this.#tall = (size & 0x0f) + 1;
				return;
			}
			case 'V': {
				const how = this.#next();
				if (how >= 65) this.#next();
				this.#endPaper(true);
				return;
			}
			case 'v':
				this.#expect([0x30, 0], 'GS v');
				this.#raster();
				return;
			case '(':
				this.#expect([0x6b], 'GS (');
				this.#symbol();
				return;
			default:
				this.#fail(`GS ${command}`);
		}
	}

	/** `GS ( k`: two-dimensional codes; 49 is QR. */
	#symbol(): void {
		const length = this.#next() + this.#next() * 256;
		const content = this.#octets.slice(this.#at, this.#at + length);
		if (content.length < length) this.#fail('a symbol that ends too soon');
		this.#at += length;
		if (content[0] !== 49) this.#fail('a symbol that is not QR');
		if (content[1] === 80) this.#stored = new TextDecoder().decode(content.slice(3));
		if (content[1] === 81) this.#qrCodes.push(this.#stored);
	}

	/** `GS v 0`: rows of eight dots an octet, the leftmost first; a real printer feeds by their height. */
	#raster(): void {
		const rowOctets = this.#next() + this.#next() * 256;
		const height = this.#next() + this.#next() * 256;
		const rows = this.#octets.slice(this.#at, this.#at + rowOctets * height);
		if (rows.length < rowOctets * height) this.#fail('a picture that ends too soon');
		if (this.#line !== '') this.#fail('a picture within a line');
		this.#at += rows.length;
		const isBlack = (x: number, y: number): boolean =>
			(((rows[y * rowOctets + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 1;
		const picture = { width: rowOctets * 8, height, isBlack, afterLine: this.#lines.length };
		this.#pictures.push(picture);
	}

	#print(octet: number): void {
		if (octet < 0x20 || octet === 0x7f) this.#fail(`the octet ${octet}`);
		if (this.#line === '')
			this.#lineLook = { bold: this.#bold, wide: this.#wide, tall: this.#tall };
		this.#line += this.#character(octet);
		this.#cells += this.#wide;
	}

	#character(octet: number): string {
		if (octet < 0x80) return String.fromCharCode(octet);
		const label = TABLES[this.#table];
		if (label === undefined) return this.#fail(`a letter of table ${this.#table}`);
		return new TextDecoder(label).decode(Uint8Array.of(octet));
	}

	#endLine(): void {
		const text = this.#line.trimEnd();
		const looks = text === '' ? { bold: false, wide: 1, tall: 1 } : this.#lineLook;
		this.#lines.push({ text, cells: this.#cells, align: this.#align, ...looks });
		this.#line = '';
		this.#cells = 0;
	}

	#endStarted(): void {
		if (this.#lines.length + this.#qrCodes.length + this.#pictures.length > 0)
			this.#endPaper(false);
	}

	#endPaper(isCut: boolean): void {
		if (this.#line !== '') this.#endLine();
		const lines = this.#lines;
		const text = lines.map((line) => line.text).join('\n');
		this.papers.push({ lines, qrCodes: this.#qrCodes, pictures: this.#pictures, isCut, text });
		this.#lines = [];
		this.#qrCodes = [];
		this.#pictures = [];
	}

	/** What is in the line buffer of a real printer is thrown away. */
	#reset(): void {
		this.#endStarted();
		this.#line = '';
		this.#cells = 0;
		this.#bold = false;
		this.#wide = this.#tall = 1;
		this.#align = 'left';
		this.#table = 0;
	}

	#next(): number {
		const octet = this.#octets[this.#at];
		this.#at += 1;
		return octet ?? this.#fail('the end within a command');
	}

	#expect(octets: readonly number[], after: string): void {
		for (const octet of octets)
			if (this.#next() !== octet) this.#fail(`something else after ${after}`);
	}

	#fail(what: string): never {
		throw new Error(`octet ${this.#at}: ${what}, which no printer here is sent`);
	}
}

/** Every paper in the order of the octets. @throws {Error} what is no ESC/POS of ours */
export function readEscPos(octets: Uint8Array): PrintedPaper[] {
	// The line after a cut is the paper's end and no paper of its own.
	return new Reader(octets)
		.read()
		.filter(
			({ text, qrCodes, pictures }) =>
				text.trim() !== '' || qrCodes.length > 0 || pictures.length > 0,
		);
}

/** The tokens on a paper: lines that are five groups of four digits and nothing else, twice as high. */
export function tokensOn({ lines }: PrintedPaper): string[] {
	return lines
		.filter(({ text, tall }) => tall === 2 && /^\s*\d{4}( \d{4}){4}$/.test(text))
		.map(({ text }) => text.replace(/\s/g, ''));
}

/** The value at the right of a name, of the first line that begins with it. */
export function valueOf({ lines }: PrintedPaper, name: string): string | undefined {
	const line = lines.find(({ text }) => text.startsWith(`${name} `));
	return line?.text.slice(name.length).trim();
}

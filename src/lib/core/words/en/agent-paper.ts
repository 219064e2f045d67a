/** What stands on an agent's papers, the customers' among them, and what a printer does. Amounts, energy and dates arrive formatted. */
import type { PrintFaultKind } from '#lib/core/vending/print-faults.ts';
import { customerPaper } from './customer-paper.ts';

interface PrintFaultWords {
	/** What happened, in a few words. */
	readonly title: string;
	/** What to do, with one's hands. */
	readonly action: string;
}

const faults: Record<PrintFaultKind, PrintFaultWords> = {
	unsupported: {
		title: 'No way to this printer here',
		action:
			'This browser cannot reach such a printer. Choose another way to it, or print with this device’s print dialogue.',
	},
	'nothing-chosen': {
		title: 'No printer chosen',
		action: 'The list was closed. Choose the printer; switch it on if it is not in the list.',
	},
	'no-printer': {
		title: 'The printer is not there',
		action: 'Plug it in and switch it on, or choose a printer in the settings. Then print again.',
	},
	'not-allowed': {
		title: 'The printer is not allowed',
		action:
			'The browser, or whoever manages this device, does not let the page at it. Allow it in the site settings, or use the print dialogue.',
	},
	busy: {
		title: 'The printer is in use',
		action:
			'Another program or tab has it. Close that one and print again. Where the system itself holds a USB printer, use the print dialogue.',
	},
	unplugged: {
		title: 'The printer went away while it printed',
		action:
			'Look what has come out. Plug it in, and print again if the customer has no whole paper.',
	},
	'no-answer': {
		title: 'The printer takes nothing more',
		action:
			'Look for paper, an open cover, and power. Print again if the customer has no whole paper.',
	},
	failed: {
		title: 'The printer failed',
		action: 'Switch it off and on, look what has come out, and print again.',
	},
	interrupted: {
		title: 'The page ended while it printed',
		action: 'Nobody knows whether the paper came out. Print again if the customer has none.',
	},
	'no-language': {
		title: 'This language is not on this device yet',
		action: 'Connect once and print again, or choose another language for this paper.',
	},
	'no-code': {
		title: 'The part that prints is not on this device yet',
		action: 'Connect to the network, load the page again, and print again.',
	},
	outdated: {
		title: 'This paper is not true any more',
		action: 'Open the sale: print what it is now.',
	},
	'nothing-to-print': {
		title: 'This paper cannot be opened here',
		action: 'Sign in as the operator who sold it, and print again.',
	},
};

export const agentPaper = {
	...customerPaper,
	report: {
		x: 'X REPORT',
		z: 'Z REPORT',
		xNote: 'The shift goes on. Nothing is closed by this paper.',
		batch: 'Shift',
		opened: 'Opened',
		closed: 'Closed',
		printed: 'Printed',
		sold: 'Sold',
		count: 'Sales',
		energy: 'Energy',
		payTypes: { cash: 'Cash', card: 'Card', 'mobile-money': 'Mobile money' },
		/** `count` sales under a name. */
		counted: (name: string, count: string) => `${name} (${count})`,
		kinds: {
			credit: 'Credit',
			fbe: 'Free basic electricity',
			'free-issue': 'Free issue',
			'key-change': 'Key change',
			engineering: 'Engineering',
		} as Record<string, string>,
		byPayType: 'By tender',
		byKind: 'By kind',
		unfinished: 'No token yet',
		/** By what became of the money. */
		refused: {
			here: 'Refused, money here',
			givenBack: 'Refused, given back',
			soldAgain: 'Refused, sold again',
		},
		reversed: 'Reversed by office',
		drawer: 'Counted',
		drawerTotal: 'Cash counted',
		/** `payType` such as `Cash`: what should be here of it. */
		moneyOf: (payType: string) => `${payType} here`,
		taken: 'Taken',
		/** Taken off what was taken, with a minus. */
		givenBack: 'Given back',
		/** Taken off too: counted once with the refused sale, once with the one in its place. */
		soldAgain: 'Sold again',
		expected: 'Should be',
		found: 'Counted',
		difference: 'Difference',
		verdicts: { exact: 'Exact', over: 'Over', short: 'Short' },
		reference: 'Reference',
		signature: 'Signature',
	},
	testPaper: {
		title: 'TEST PRINT',
		lead: 'If you can read this, the printer works.',
		columns: (columns: string) => `${columns} characters a line`,
		widthWhy: 'The line of digits must stand on one line, from edge to edge.',
		/** Letters of several scripts, to see what the printer makes of them. */
		letters: 'ÀÉÎÕÜ ñ ç ß € Ж Ω ع',
	},
	settings: {
		title: 'Printer',
		way: 'How the printer is reached',
		ways: {
			none: 'No printer',
			serial: 'Serial port, or USB that makes one',
			usb: 'USB',
			bluetooth: 'Bluetooth',
			system: 'This device’s print dialogue',
		},
		waysWhy: {
			none: 'Receipts are shown on the screen only.',
			serial: 'A cable to a laptop. In Chrome or Edge.',
			usb: 'A cable to a phone or a tablet. In Chrome for Android or a laptop.',
			bluetooth: 'Low-energy Bluetooth only. An older printer: pair it, then take the serial port.',
			system: 'Any printer of this device, in any script. It asks before each paper.',
		},
		choose: 'Choose the printer',
		chooseOther: 'Choose another printer',
		chosen: (name: string) => `Chosen: ${name}`,
		noneChosen: 'None is chosen yet.',
		paper: 'Paper',
		papers: {
			32: '58 mm, 32 characters',
			42: '80 mm, 42 characters',
			48: '80 mm, 48 characters',
		},
		language: 'Language of papers',
		languageWhy: 'For what a customer takes away. Reports and tests stay English.',
		/** Beside a language that no printer has letters for. */
		drawn: 'A printer gets it as a picture, which takes longer over a slow cable.',
		notDrawn: 'This browser cannot draw it for a printer: there, papers come out in English.',
		rate: 'Speed',
		rateOf: (baud: string) => `${baud} bits a second`,
		table: 'Letters',
		tables: {
			ascii: 'English only: right on every printer',
			windows1252: 'Western European',
			cp866: 'Cyrillic',
		},
		tableWhy: 'What the printer has no letter for is spelled in Latin ones.',
		auto: 'Print each receipt by itself',
		test: 'Print a test',
		testing: 'The test is printing.',
		tested: 'The test went to the printer.',
		notKept: 'This browser does not keep the settings. They are forgotten when the page closes.',
	},
	job: {
		papers: {
			receipt: 'Receipt',
			provisional: 'Provisional receipt',
			refund: 'Refund',
			'x-report': 'X report',
			'z-report': 'Z report',
			test: 'Test print',
		},
		states: {
			waiting: 'Waiting for the printer',
			printing: 'Printing',
			printed: 'Sent to the printer',
			failed: 'Not printed',
		},
		language: 'Language of this paper',
		languageWhy: 'Holds for the next print of it.',
		again: 'Print again',
		againAsCopy: 'Print again, marked as a reprint',
	},
	faults,
};

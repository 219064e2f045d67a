/** In Swahili: see `en/token.ts`. */
import type { Words } from '../catalogue.ts';

export const token: Words['token'] = {
	spoken: 'Tokeni, makundi matano ya tarakimu nne',
	group: (place, digits) => `Kundi la ${place}: ${digits}.`,
	sequence: (place, of) => `Tokeni ${place} kati ya ${of}`,
	test: 'JARIBIO',
	testWhy: 'Tokeni ya majaribio: hakuna mita halisi inayoikubali.',
	forMeter: 'Kwa mita',
	copy: 'Nakili',
	copied: 'Imenakiliwa',
	notCopied: 'Haikuweza kunakiliwa. Shikilia kidole kwenye tarakimu ili kuzichagua.',
	share: 'Tuma kwa mtu',
	shareText: (digits, meter, energy) =>
		`Tokeni ${digits}\nkwa mita ${meter}${energy && `, ${energy}`}`,
	readAloud: 'Soma kwa sauti',
	stopReading: 'Acha',
	send: 'Tuma kwenye mita ya majaribio',
	sendAll: (count) => `Tuma zote ${count} kwenye mita ya majaribio`,
	sentTo: (phone) => `Imetumwa pia kwa ${phone}`,
	sandboxPhone: 'Angalia simu hiyo (ya majaribio)',
	set: {
		stories: {
			keysThenCredit: {
				title: 'Tokeni zako',
				detail: (count, keys) =>
					`Ingiza zote ${count} kwa mpangilio huu, bila kukaa muda mrefu. ${keys} za kwanza huipa mita ufunguo wake mpya.`,
			},
			keysOnly: {
				title: 'Tokeni zako',
				detail: (count) =>
					`Ingiza zote ${count}, moja baada ya nyingine, kwa mpangilio huu, bila kukaa muda mrefu. Zinaipa mita ufunguo wake mpya na hazileti umeme.`,
			},
			several: {
				title: 'Tokeni zako',
				detail: (count) => `Ingiza zote ${count}, moja baada ya nyingine, kwa mpangilio huu.`,
			},
		},
		keyPart: (part, of) => `Ufunguo mpya, sehemu ${part} kati ya ${of}`,
		kinds: {
			credit: 'Umeme ulionunua',
			fbe: 'Umeme wa msingi wa bure',
			'free-issue': 'Umeme wa bure',
			engineering: 'Ya fundi',
		},
		next: 'Imeingizwa, nenda inayofuata',
		last: 'Imeingizwa, hiyo ilikuwa ya mwisho',
		done: (place) => `${place} imeingizwa`,
		allDone: 'Zote zimeingizwa. Kama mita imekataa moja, iguse hapo juu na ulinganishe tarakimu.',
		shareLine: (place, of, digits) => `${place} kati ya ${of}: ${digits}`,
		shareText: (lines, meter, energy) =>
			`Ingiza zote, kwa mpangilio huu:\n${lines}\nkwa mita ${meter}${energy && `, ${energy}`}`,
	},
};

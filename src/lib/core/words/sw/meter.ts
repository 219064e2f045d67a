/** In Swahili: see `en/meter.ts`. */
import type { Words } from '../catalogue.ts';

export const meter: Words['meter'] = {
	title: 'Je, hii ndiyo mita sahihi?',
	titleUnknown: 'Mita ambayo haijaonekana hapa',
	back: 'Mita nyingine',
	number: 'Namba ya mita',
	owner: 'Mmiliki',
	noOwner: 'Mmiliki bado hajasajiliwa',
	area: 'Eneo',
	virtual: 'Mita ya majaribio',
	blocked: 'Imezuiwa',
	looking: 'Inatafuta mita',
	asOf: (ago) => `Imetunzwa kwenye kifaa hiki ${ago}`,
	confirmed: 'Imethibitishwa sasa hivi',
	wrong: 'Namba hiyo haiwezi kuwa sahihi',
	notHere: {
		title: 'Hakuna mtandao',
		detail:
			'Mita hii bado haijulikani hapa. Mtandao ukirudi utaona ni ya nani na utapata nini, kabla ya kulipa.',
	},
	silent: {
		title: 'Huduma haijibu',
		detail:
			'Mtandao wako unaweza kuwepo, lakini huduma haipo. Unaweza kuomba sasa na kulipa ikirudi: ndipo utaona mita ni ya nani na utapata nini.',
	},
	helpLine: (number) => `Huduma kwa wateja ${number}`,
	amount: {
		title: 'Kiasi gani?',
		field: 'Kiasi',
		limits: (minimum, maximum) => `Kuanzia ${minimum} hadi ${maximum}`,
		picks: 'Chagua haraka',
		refusals: {
			empty: 'Andika kiasi au uchague kimoja.',
			'not-a-number': 'Tarakimu tu, na nukta moja au mkato mmoja kwa senti.',
			'too-many-decimals': 'Kuna desimali nyingi kuliko sarafu hii inavyoruhusu.',
			'not-positive': 'Kiasi lazima kizidi sifuri.',
			'too-large': 'Kiasi hicho ni kikubwa kupita kiwango.',
		},
	},
	phone: {
		offer: 'Tuma tokeni kwenye simu pia',
		field: 'Namba ya simu',
		hint: 'Pamoja na namba ya nchi, kama +254 712 345 678. Acha wazi ili kutotuma chochote.',
		sound: (phone) => `Tokeni itatumwa pia kwa ${phone}`,
		refusals: {
			empty: '',
			'not-digits': 'Tarakimu tu, na alama ya kujumlisha mwanzoni.',
			'no-country': 'Anza na alama ya kujumlisha na namba ya nchi, kama +254.',
			'too-short': 'Kuna tarakimu zinazokosekana.',
			'too-long': 'Kuna tarakimu nyingi mno.',
		},
	},
	pay: {
		online: (amount) => `Lipa ${amount}`,
		offline: (amount) => `Omba ${amount}, lipa baadaye`,
		none: 'Lipa',
		offlineNone: 'Omba sasa, lipa baadaye',
		storing: 'Inatunza',
		next: 'Kisha utaidhinisha malipo.',
		later: 'Hulipi chochote sasa. Ombi linasubiri hapa.',
	},
	underWay: {
		title: 'Una ununuzi unaoendelea',
		detail: (amount, state) =>
			`${amount} kwa mita hii: ${state}. Utakachonunua hapa kitaongezwa juu yake.`,
		look: 'Endelea na huo',
	},
	notStored: {
		title: 'Ununuzi haukuweza kutunzwa',
		detail: 'Hakuna kilichotumwa wala kulipwa.',
	},
};

/** In Swahili: see `en/use.ts`. */
import type { Words } from '../catalogue.ts';

const days = (count: string): string => `siku ${count}`;

export const use: Words['use'] = {
	link: 'Matumizi na siku zilizobaki',
	title: 'Matumizi na siku zilizobaki',
	estimate: 'Makadirio',
	left: {
		about: (count) => `Zimebaki takriban ${days(count)}`,
		long: (count) => `Zimebaki zaidi ya ${days(count)}`,
		today: 'Imebaki chini ya siku moja',
		over: 'Salio linapaswa kuwa limekwisha',
		overDetail: 'Kama mita bado ina salio, andika hapa chini inachoonyesha.',
		unknown: 'Bado haijulikani litadumu muda gani',
		figures: (credit, perDay) => `Takriban ${credit} kwenye mita, ${perDay} kwa siku.`,
		fromReading: 'Kutokana na mita ilichoonyesha na kilichonunuliwa hapa tangu hapo.',
		fromPurchases:
			'Kutokana na kilichonunuliwa kwa simu hii, kana kwamba kila mara kilibaki kidogo.',
		others: 'Walichonunua wengine kwa mita hii hakijulikani hapa.',
	},
	missing: {
		'nothing-known': 'Hakuna kilichonunuliwa hivi karibuni kwa mita hii kwenye simu hii.',
		'bought-once': 'Ununuzi mmoja hauonyeshi utadumu muda gani.',
		'too-short': 'Inahitajika wiki kati ya manunuzi mawili, au kusoma mita mara mbili.',
		'no-use': 'Kati ya usomaji hakuna kilichotumika.',
		'clock-behind': 'Tarehe ya simu hii iko nyuma. Irekebishe kwanza.',
	},
	reading: {
		title: 'Mita inaonyesha nini?',
		why: 'Hufanya makadirio yawe bora.',
		field: 'Salio kwa kWh',
		hint: 'Kama ilivyo kwenye skrini, mfano 12.4',
		save: 'Hifadhi',
		last: (credit, ago) => `${credit}, ${ago}`,
		remove: 'Ondoa',
		refusals: {
			empty: 'Andika kinachoonyeshwa kwenye skrini.',
			'not-a-number': 'Tarakimu tu, na nukta moja au mkato mmoja.',
			'too-much': 'Hakuna mita inayoonyesha kiasi hicho.',
		},
	},
	months: {
		title: 'Ulichonunua kwa mwezi',
		table: 'Kama jedwali',
		month: 'Mwezi',
	},
	advice: {
		wait: (day, gain) =>
			`Tarehe ${day} viwango nafuu vinaanza upya: pesa ileile hununua angalau ${gain} zaidi.`,
		ifItLasts: 'Subiri tu kama salio lako litadumu hadi hapo.',
		buyNow: (day, gain) =>
			`Ukitumia pesa hizi kabla ya tarehe ${day} kuisha, kisha kwa mahitaji yanayobaki tu ya mwezi ujao, hununua angalau ${gain} zaidi kuliko kuzitumia zote kuanzia tarehe 1.`,
		known: 'Kwa kadiri simu hii inavyojua.',
	},
	reminder: {
		title: 'Nikumbushe',
		when: (count) => `${days(count)} kabla`,
		off: 'Kamwe',
		around: (day) => `Karibu tarehe ${day}.`,
		noTime: 'Wakati utakadiriwa mengi zaidi yakijulikana.',
		passed: 'Kwa mara hii wakati umepita. Utakumbushwa baada ya ununuzi ujao.',
		push: 'Arifa inakuja hata programu ikiwa imefungwa.',
		waiting: 'Huduma itajua mtandao ukirudi.',
		inApp: 'Utaonyeshwa ukifungua programu.',
		blocked: 'Kivinjari kinazuia arifa. Utaonyeshwa ukifungua programu.',
		notStored: 'Kifaa hiki hakina nafasi ya kuhifadhi.',
		noteTitle: (name) => `Umeme: ${name}`,
		noteBody: (count) => `Salio la takriban ${days(count)}, kwa makadirio ya simu hii.`,
		topUp: 'Nunua umeme',
		putAway: 'Ficha',
	},
};

/** In Swahili: see `en/on-use/virtual-meter.ts`. */
import type { Words } from '../../catalogue.ts';
import { METER_DISPLAY, METER_ENTRY, METER_ITEMS, METER_VALUES } from '../../meter-display.ts';
import { tokenDone, tokenResults } from '../token-results.ts';

export const virtualMeter: Words['virtualMeter'] = {
	list: {
		title: 'Mita za majaribio',
		lead: 'Mita za kundi la majaribio ya umma. Zinapokea tokeni halisi za majaribio, na kuzikumbuka kwenye kifaa hiki.',
		number: (drn, ea) => (ea === '' ? `Na. ${drn}` : `Na. ${drn} · EA${ea}`),
		credit: (kwh) => `Salio ${kwh} kWh`,
		used: (kwh) => `Imetumia ${kwh} kWh`,
		chooseMake: 'Chagua aina yake kwanza',
		notYetHere: 'Bado haijatumika kwenye kifaa hiki.',
		unreadable: 'Kilichotunzwa kuhusu mita hii hakisomeki. Ifungue ili kurekebisha.',
		loading: 'Inatafuta mita',
		offlineTitle: 'Bado hakuna mita kwenye kifaa hiki',
		offline:
			'Mita ya majaribio huja kutoka kwenye huduma mara moja, kisha hufanya kazi bila mtandao. Unganisha mtandao kisha ujaribu tena.',
		offlineKnownTitle: 'Huduma haijibu',
		offlineKnown: 'Mita zilizo hapa chini ziko kwenye kifaa hiki na zinafanya kazi zilivyo.',
		none: 'Huduma haitoi mita yoyote ya majaribio.',
		tryAgain: 'Jaribu tena',
	},
	page: {
		back: 'Mita za majaribio',
		loading: 'Inaleta mita',
		offlineTitle: 'Mita hii haipo kwenye kifaa hiki',
		offline:
			'Huja kutoka kwenye huduma mara moja, kisha hufanya kazi bila mtandao. Unganisha mtandao kisha ujaribu tena.',
		unusable:
			'Huduma inaielezea mita hii kwa namna ambayo programu hii haiijui. Pakia ukurasa tena ili upate toleo jipya.',
		tryAgain: 'Jaribu tena',
		buy: 'Nunua kwa mita hii',
		technician: 'Unganisha kama fundi',
		emergency: (kwh) => `Chukua ${kwh} za dharura`,
		emergencyTaken: (kwh) => `Umeme wa dharura: zimebaki ${kwh}. Tokeni ijayo italipa hizo kwanza.`,
		moreLoading: 'Inaleta sehemu iliyobaki ya mita',
		moreFailed:
			'Sehemu iliyobaki ya ukurasa wa mita bado haipo kwenye kifaa hiki. Unganisha mtandao kisha upakie ukurasa tena.',
		paste: 'Bandika tokeni',
		pasteRefused: {
			empty: 'Hakuna cha kubandika. Nakili kwanza tarakimu ishirini za tokeni.',
			notToken: 'Kilichonakiliwa si tokeni. Tokeni ina tarakimu ishirini.',
			notAllowed:
				'Kivinjari hakiruhusu ukurasa huu kusoma kilichonakiliwa. Ingiza tarakimu, au bonyeza Ctrl V.',
		},
		storeFault:
			'Kifaa hiki hakikuweza kutunza kilichofanywa na mita, hivyo hakikufanyika. Ongeza nafasi kisha ujaribu tena.',
	},
	handOver: {
		label: 'Tokeni za mita hii',
		turn: (place, of) => `Tokeni ${place} kati ya ${of}`,
		enter: 'Iko kwenye kioo. Bonyeza Ingiza kwenye vitufe.',
		offer: (place, of) => `Inayofuata: tokeni ${place} kati ya ${of}`,
	},
	code: (code) => `Namba ya msaada ${code}`,
	corrupt: {
		title: 'Mita hii haisomeki',
		detail:
			'Kilichotunzwa na kifaa hiki kuhusu mita kimeharibika: salio lake na tokeni ilizopokea vimepotea. Irudishe kiwandani ili uitumie tena.',
		offlineTitle: 'Huduma haijibu',
		offline:
			'Kuirudisha mita kiwandani kunahitaji mtandao mara moja. Unganisha kisha ujaribu tena.',
	},
	housing: {
		label: (drn) => `Mita ya majaribio ${drn}`,
		number: 'Na.',
		ratings: (ea, phases) =>
			`EA${ea} · ${phases === 1 ? '230 V' : '3×230/400 V'} · 5(60) A · 50 Hz`,
		test: 'JARIBIO',
		pulses: (perKwh) => `${perKwh} imp/kWh`,
		supplyOn: 'Umeme upo',
		supplyOff: 'Umeme umezimwa',
	},
	keypad: { label: 'Vitufe', enter: 'Ingiza', backspace: 'Futa tarakimu ya mwisho' },
	display: METER_DISPLAY,
	twin: {
		credit: (kwh) => `Salio ${kwh} kWh.`,
		emergencyCredit: (kwh) => `Umeme wa dharura ${kwh} kWh.`,
		used: (kwh) => `Imetumia ${kwh} kWh.`,
		phases: (phases) => `Umeme unapita kwenye ${phases}.`,
		rate: (rate) => `Kiwango cha bei ${rate}.`,
		emergency: 'Umeme wa dharura unatumika.',
		remoteOff: 'Imezimwa kutoka mbali.',
		supplyOff: 'Umeme umezimwa.',
		lowCredit: 'Salio dogo.',
		tamper: 'Kengele ya kuchezewa.',
		locked: 'Imefungwa.',
		entry: (groups) => `Zimeingizwa: ${groups}`,
		full: 'Tarakimu ishirini zimeingia. Bonyeza Ingiza.',
		item: (label, value) => `${label}: ${value}`,
	},
	entry: {
		incomplete: {
			display: METER_ENTRY.incomplete,
			title: 'Tokeni haijakamilika',
			detail: (count) => `Tokeni ina tarakimu ishirini; zimeingia ${count}. Ingiza zilizobaki.`,
		},
		timedOut: {
			display: METER_ENTRY.timedOut,
			title: 'Mita imesahau tarakimu',
			detail: (seconds) =>
				`Inasubiri tarakimu inayofuata kwa sekunde ${seconds}. Ingiza tokeni tangu mwanzo.`,
		},
		offered: {
			display: METER_ENTRY.offered,
			title: 'Tokeni yako iko kwenye kioo',
			detail: () => 'Bonyeza Ingiza kwenye vitufe ili kuipa mita.',
		},
		unknownCode: {
			display: METER_ENTRY.unknownCode,
			title: 'Mita haina namba hiyo',
			detail: (code) =>
				`Hakuna kinachoonyeshwa kwa ${code}. 001 huonyesha salio, 002 namba ya mita.`,
		},
	},
	results: tokenResults,
	done: tokenDone,
	items: METER_ITEMS,
	shown: { title: 'Kwenye kioo' },
	...METER_VALUES,
	locked: (clock) => `Mita itapokea tokeni tena baada ya ${clock}.`,
	load: {
		label: 'Matumizi',
		phase: (phase) => `Matumizi kwenye L${phase}`,
		power: (kilowatts) => `kW ${kilowatts}`,
		off: 'Umeme umezimwa: hakuna kinachopita.',
		examples: {
			none: 'Hakuna kilichowashwa.',
			small: 'Chaja ya simu, taa moja au mbili.',
			middle: 'Friji, televisheni, taa chache.',
			large: 'Pasi au birika la umeme.',
			huge: 'Jiko la umeme na hita ya maji.',
		},
	},
	lapse: {
		label: 'Muda',
		meaning: { 1: 'muda halisi', 60: 'sek 1 = dak 1', 3600: 'sek 1 = saa 1' },
		clock: (time) => `Saa ya mita: ${time}`,
	},
	log: {
		events: {
			manufactured: 'Imetoka kiwandani',
			'power-down': 'Umeme umekatika',
			'power-up': 'Umeme umerudi',
			'clock-set': 'Saa imerekebishwa',
			'parameters-changed': 'Mipangilio imebadilishwa',
			'keys-transferred': 'Funguo za mawasiliano zimebadilishwa',
			'rate-switched': 'Kiwango cha bei kimebadilika',
			'calendar-activated': 'Kalenda mpya ya bei',
			'firmware-ready': 'Programu mpya imekaguliwa',
			'firmware-refused': 'Programu mpya imekataliwa',
			'firmware-activated': 'Programu mpya inafanya kazi',
			'tamper-detected': 'Kuchezewa kumegunduliwa',
			'tamper-ended': 'Kuchezewa kumeisha',
			'tamper-cleared': 'Kengele ya kuchezewa imefutwa',
			'relay-opened': 'Umeme umezimwa',
			'relay-closed': 'Umeme umewashwa',
			'relay-armed': 'Umeme unaweza kuwashwa',
			'limit-changed': 'Kikomo kimebadilishwa',
			'voltage-sag': 'Volti ndogo mno',
			'voltage-swell': 'Volti kubwa mno',
			'voltage-normal': 'Volti imerudi kawaida',
			'credit-low': 'Salio dogo',
			'emergency-invoked': 'Umeme wa dharura umechukuliwa',
			'emergency-exhausted': 'Umeme wa dharura umeisha',
			'emergency-repaid': 'Umeme wa dharura umelipwa',
			'charge-collected': 'Deni limekatwa',
			'credit-cleared': 'Salio limefutwa',
			'key-changed': 'Ufunguo umebadilishwa',
		},
	},
	factory: {
		ask: 'Rudisha mita hii kiwandani',
		title: 'Irudi kiwandani?',
		meaning:
			'Salio, kumbukumbu ya matukio na kila ambacho mita inakumbuka vitafutwa kwenye kifaa hiki.',
		warning:
			'Pia itasahau tokeni ilizopokea, hivyo zinaweza kuingizwa tena. Hakuna mita halisi inayofanya hivyo.',
		keep: 'Baki na mita',
		confirm: 'Rudisha kiwandani',
	},
};

/** In Swahili: see `en/on-use/deliver.ts`. */
import type { DeliverWords } from '../../deliver.ts';

export const deliver: DeliverWords = {
	title: 'Tuma kwenye mita',
	back: 'Rudi kwenye tokeni',
	forMeter: (meter) => `Kwa mita ${meter}`,
	need: {
		title: 'Kivinjari hiki hakiwezi kufikia mita',
		detail:
			'Inahitaji kipima chenye waya, na Chrome au Edge kwenye kompyuta, au Chrome kwenye simu ya Android. Vitufe vya mita hufanya kazi daima.',
	},
	how: [
		'Chomeka kipima kwenye kifaa hiki, na ukiweke juu ya kidirisha cha duara cha mita, waya ukining’inia chini.',
		'Gusa kitufe hapa chini. Kivinjari kinaonyesha orodha: chagua kipima.',
		'Kishikilie hapo hadi skrini hii iseme kwamba mita ina tokeni.',
	],
	howVirtual: 'Ni mita ya majaribio ya kifaa hiki: waya hauhitajiki.',
	ways: {
		virtual: 'Tuma kwenye mita ya majaribio',
		with: (probe) => `Tuma kwa ${probe}`,
		serial: 'Chagua kipima',
		usb: 'Chagua kipima cha USB',
		other: 'Chagua kipima kingine',
	},
	doing: {
		calling: { title: 'Inaita mita', detail: 'Usisogeze kipima.' },
		asking: { title: 'Inauliza mita ni ipi', detail: 'Bado hakuna kilichotumwa.' },
		admitted: { title: 'Ni mita sahihi', detail: 'Usisogeze kipima.' },
		reading: { title: 'Inasoma mita', detail: 'Kilichomo husomwa kabla ya kutuma chochote.' },
		sending: { title: 'Inatuma tokeni', detail: 'Usisogeze kipima.' },
		looking: { title: 'Mita inaiangalia', detail: 'Itajibu baada ya muda mfupi.' },
		readingBack: {
			title: 'Mita haijajibu',
			detail: 'Hakuna kilichotumwa mara mbili. Kilichomo kinasomwa.',
		},
	},
	results: {
		taken: { title: 'Mita imeipokea', detail: 'Hakuna cha kuandika tena.' },
		used: {
			title: 'Mita ina tokeni hii tayari',
			detail: 'Inasema kwamba ilitumika. Linganisha salio lake na unalotarajia.',
		},
		format: {
			title: 'Mita haiisomi kwa njia hii',
			detail: 'Tarakimu zimekamilika. Ziandike: tokeni bado ni nzuri.',
		},
		authentication: {
			title: 'Mita inasema: si yangu',
			detail: 'Huenda ufunguo wake ni tofauti na wa tokeni. Tokeni haikutumika.',
		},
		validation: {
			title: 'Mita inasema: imetumika, ya zamani au imeisha muda',
			detail: 'Tutafute sababu. Tokeni haikupokewa sasa.',
		},
		execution: {
			title: 'Mita haiwezi kuipokea sasa',
			detail: 'Imejaa, au inasubiri baada ya kukataa mara kadhaa. Tokeni bado ni nzuri.',
		},
		keypadOnly: {
			title: 'Mita hii hupokea tokeni kwa vitufe tu',
			detail: 'Kwa waya ni fundi tu anayeweza kutuma. Tokeni haikutumika.',
		},
		lost: {
			title: 'Bado haijulikani',
			detail:
				'Mawasiliano yalikatika tokeni ikiwa njiani. Unganisha tena: kilichomo kwenye mita husomwa kwanza, na hakuna kinachotumwa mara mbili.',
		},
		undecided: {
			title: 'Mita haisemi kama inayo',
			detail:
				'Linganisha salio kwenye kioo chake. Ikitumwa tena, tokeni iliyomo husemwa tu kuwa imetumika, na haihesabiwi mara mbili.',
		},
		held: { title: 'Bado si zote zimetumwa', detail: 'Ambazo mita haina zinasubiri hapa.' },
		calledOff: { title: 'Imesimamishwa', detail: 'Hakuna kilicho njiani kwenda kwenye mita.' },
		allIn: {
			title: 'Zote zimeingia',
			detail: 'Kwa ulichosema kwenye vitufe, au kwa mita yenyewe.',
		},
		damaged: {
			title: 'Haijulikani ilipofikia',
			detail:
				'Kilichoandikwa na kifaa hiki hakisomeki. Ikitumwa tena, tokeni iliyomo kwenye mita husemwa tu kuwa imetumika.',
		},
		notKept: {
			title: 'Kifaa hiki hakiwezi kuhifadhi kitu',
			detail: 'Kwa hiyo hakuna zaidi kilichotumwa. Tengeneza nafasi, kisha jaribu tena.',
		},
		notTokens: {
			title: 'Tarakimu hizi haziwezi kutumwa',
			detail: 'Hakuna kilichotumwa. Ziandike.',
		},
		otherTab: {
			title: 'Kichupo kingine kiko kwenye mita hii',
			detail: 'Kimoja kwa wakati, ili kisitumwe kitu mara mbili. Kifunge kwanza.',
		},
	},
	failures: {
		silent: {
			title: 'Mita haijibu',
			detail:
				'Hakuna kilichotumwa. Bonyeza kipima vizuri kwenye kidirisha cha duara, waya chini, kisha jaribu tena.',
		},
		noProtocol: {
			title: 'Mita haizungumzi kwa njia hii',
			detail: 'Hakuna kilichotumwa. Andika tokeni.',
		},
		otherMeter: { title: 'Hii ni mita nyingine', detail: 'Hakuna kilichotumwa kwake.' },
		untold: {
			title: 'Mita haisemi namba yake',
			detail: 'Kwa hiyo hakuna kilichotumwa: inaweza kuwa nyingine. Andika tokeni.',
		},
		brokeOff: {
			title: 'Mita imekatisha',
			detail: 'Hakuna kilicho njiani. Subiri dakika mbili, kisha jaribu tena.',
		},
		unplugged: {
			title: 'Waya umechomoka',
			detail: 'Hakuna kilicho njiani. Uchomeke, kisha unganisha tena.',
		},
		busy: {
			title: 'Kipima kinatumika',
			detail: 'Kichupo au programu nyingine inakitumia. Hakuna kilichotumwa.',
		},
		notAllowed: {
			title: 'Kipima hakijaruhusiwa',
			detail: 'Ruhusu milango ya serial na USB kwa ukurasa huu kwenye mipangilio ya kivinjari.',
		},
		port: {
			title: 'Kipima hakifanyi kazi hapa',
			detail: 'Hakuna kilichotumwa. Kichomoe, kichomeke tena, au chagua kingine.',
		},
		nothingChosen: {
			title: 'Hakuna kipima kilichochaguliwa',
			detail: 'Kichomeke, kisha ukichague kwenye orodha.',
		},
	},
	otherMeter: (found, wanted) => `Ni mita ${found}. Tokeni ni ya mita ${wanted}.`,
	credit: { before: 'Salio kabla', after: 'Salio la mita sasa' },
	phases: {
		waiting: 'Inasubiri',
		going: 'Iko njiani',
		unknown: 'Haijulikani',
		taken: 'Imo kwenye mita',
		refused: 'Imekataliwa',
	},
	acts: {
		again: 'Jaribu tena',
		connect: 'Unganisha tena',
		takeOver: 'Itumie hapa',
		rest: 'Tuma zilizobaki',
		coach: 'Iingize pamoja nami',
		doctor: 'Tafuta sababu',
		lookAgain: 'Angalia tena',
		sendAgain: 'Tuma mara nyingine',
		done: 'Nenda kwenye tokeni',
		cancel: 'Simamisha',
		cancelling: 'Inasimama baada ya hatua hii',
	},
	older: 'Tuma ya zamani',
	code: (code) => `Namba ya msaada ${code}`,
};

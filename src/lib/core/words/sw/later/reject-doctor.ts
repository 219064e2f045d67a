/** In Swahili: see `en/later/reject-doctor.ts`. */
import type { Words } from '../../catalogue.ts';

const slips: Words['rejectDoctor']['slips'] = {
	digit: (group) => `Tarakimu moja ya kundi la ${group} ni nyingine.`,
	swapped: (group) =>
		`Tarakimu mbili zimebadilishana nafasi, ya kwanza yao iko kwenye kundi la ${group}.`,
	missing: (group, count) =>
		count === '1'
			? `Tarakimu moja ya kundi la ${group} inakosekana.`
			: `Kuanzia kundi la ${group}, tarakimu ${count} zinakosekana.`,
	extra: (group, count) =>
		count === '1'
			? `Kuna tarakimu moja ya ziada kwenye kundi la ${group}.`
			: `Kuna tarakimu ${count} za ziada kwenye kundi la ${group}.`,
	several: (group) => `Zaidi ya tarakimu moja ni tofauti. Ya kwanza iko kwenye kundi la ${group}.`,
};

const sayings: Words['rejectDoctor']['sayings'] = {
	accepted: 'Kumbe imekubaliwa',
	'key-part': 'Sehemu ya ufunguo imepokewa: 1st, 2nd',
	refused: 'Kwamba imekataliwa tu',
	'wrong-token': 'Tokeni isiyo sahihi au batili',
	used: 'Imeshatumika',
	old: 'Ya zamani mno',
	locked: 'Imefungwa, au subiri',
	'too-full': 'Umeme mwingi mno',
	expired: 'Tokeni imeisha muda',
	'no-token': 'Si tokeni',
	'timed-out': 'Muda wa kuandika umeisha',
	'factory-key': 'Ufunguo wa kiwandani',
	'not-possible': 'Haiwezekani hapa',
	'other-make': 'Ya mita ya kampuni nyingine',
	'something-else': 'Kitu kingine',
	nothing: 'Hakuna kitu: kioo hakina mwanga, au kiko kama awali',
};

const causes: Words['rejectDoctor']['causes'] = {
	slip: {
		title: 'Tarakimu moja imekosewa',
		detail: () => 'Ulichoandika si tokeni hii. Tokeni yenyewe bado ni nzuri.',
	},
	'another-token': {
		title: 'Hiyo ilikuwa tokeni nyingine',
		detail: () => 'Kilichoandikwa ni tokeni tofauti na hii. Hii bado ni nzuri.',
	},
	'other-meter': {
		title: 'Hii ni mita nyingine',
		detail: ({ meter, typedMeter }) =>
			`Uko kwenye mita ${typedMeter}. Tokeni ni ya mita ${meter} na hufanya kazi kwenye hiyo tu. Bado ni nzuri.`,
	},
	'key-set-first': {
		title: 'Ufunguo mpya unatangulia',
		detail: () =>
			'Mita inahitaji tokeni zake za kubadilisha ufunguo kabla ya hii. Ziingize, kisha ingiza tokeni hii tena. Bado ni nzuri.',
	},
	'key-set-half': {
		title: 'Sehemu ya ufunguo mpya inakosekana',
		detail: () =>
			'Kwa kauli yako si tokeni zote za kubadilisha ufunguo zimeingia. Ziingize zote, tangu ya kwanza, kisha ingiza tokeni hii tena.',
	},
	'key-set-slow': {
		title: 'Sehemu za ufunguo ziliingia kwa kuachana mno',
		detail: () =>
			'Mita nyingi huiacha sehemu ya kwanza inayofuata ikichukua zaidi ya dakika kumi. Ziingize zote tena bila kukaa muda mrefu, kisha ingiza tokeni hii.',
	},
	'key-set-done': {
		title: 'Inaonekana ufunguo mpya umeingia',
		detail: () =>
			'Kwa kauli yako sehemu zote ziliingia hapo awali. Basi mita ina ufunguo wake mpya, na sehemu zake hazifai tena. Endelea na tokeni inayofuata.',
	},
	'old-key': {
		title: 'Mita ina ufunguo mpya zaidi',
		detail: ({ ago }) =>
			`Tokeni hii ilitengenezwa ${ago}, kabla ya ufunguo mpya ambao kwa kauli yako umeingia. Mita yenye ufunguo mpya haiisomi. Huduma kwa wateja wanaweza kuibadilisha.`,
	},
	used: {
		title: 'Inaonekana imeshaingia',
		detail: () =>
			'Mita hupokea tokeni mara moja tu. Yaelekea sana iliipokea hii hapo awali, na umeme wake upo. Kama uliandika kutoka kwenye ujumbe wa zamani, huenda tokeni hiyo ndiyo iliyotumika. Kama salio halijaongezeka, piga simu huduma kwa wateja.',
	},
	'newer-first': {
		title: 'Tokeni mpya zaidi iliingia kwanza',
		detail: ({ ago }) =>
			`Tokeni hii ilitengenezwa ${ago}, na kwa kauli yako mpya zaidi iliingia kabla yake. Mita husahau za zamani kabisa, kisha haipokei yoyote ya umri huo. Huduma kwa wateja wanaweza kulichunguza.`,
	},
	'too-old': {
		title: 'Ya zamani mno kwa mita hii',
		detail: ({ ago }) =>
			`Tokeni hii ilitengenezwa ${ago}. Mita inasema ni ya zamani kuliko zile inazozikumbuka. Kama haijawahi kutumika, huduma kwa wateja wanaweza kulichunguza.`,
	},
	'key-expired': {
		title: 'Mita inasema muda umeisha',
		detail: () =>
			'Huenda ufunguo wa tokeni hii umeisha muda, au mita ya aina hii huita hivyo tokeni ya zamani. Kuiandika tena hakusaidii. Huduma kwa wateja wanaweza kujua.',
	},
	'factory-key': {
		title: 'Mita haikuwahi kuandaliwa',
		detail: () =>
			'Bado ina ufunguo wa kiwandani, na kwa ufunguo huo haipokei umeme. Inahitaji tokeni za kubadilisha ufunguo, ambazo hutengenezwa na shirika.',
	},
	'too-full': {
		title: 'Mita imejaa',
		detail: () =>
			'Haiwezi kubeba umeme mwingi zaidi hivyo. Tokeni haijatumika na bado ni nzuri: iingize umeme kiasi ukiisha.',
	},
	locked: {
		title: 'Mita haipokei chochote kwa muda',
		detail: () =>
			'Baada ya kukataa mara kadhaa husubiri, na kila mara kwa muda mrefu zaidi. Haikuiangalia tokeni hii. Muda huu ni ule wa mita nyingi; yako inaweza kuuonyesha.',
	},
	'other-make': {
		title: 'Ya mita ya kampuni nyingine',
		detail: () => 'Mita inasema tokeni hii ni ya mita za mtengenezaji mwingine.',
	},
	'not-possible': {
		title: 'Mita haiwezi kufanya hivyo',
		detail: () =>
			'Imeisoma tokeni na haiwezi kutekeleza inachoomba. Haijatumika. Kuiandika tena hakusaidii.',
	},
	forgot: {
		title: 'Mita ilisubiri mno',
		detail: () =>
			'Husahau kilichoandikwa tarakimu inayofuata ikichelewa mno. Andika tokeni tangu kundi la kwanza, bila kusimama. Bado ni nzuri.',
	},
	dark: {
		title: 'Mita haikujibu',
		detail: () =>
			'Bonyeza kitufe chochote: kioo kinapaswa kuwaka. Kama vitufe viko kwenye kifaa cha peke yake, hakikisha kina umeme au betri na kiko karibu na mita. Kisha andika tokeni tena.',
	},
	'dark-again': {
		title: 'Mita bado haiwaki',
		detail: () => 'Huenda vitufe au mita havina umeme au vimeharibika. Tokeni yako bado ni nzuri.',
	},
	unclear: {
		title: 'Si ya mita hii, au imeandikwa vibaya',
		detail: () =>
			'Kwa mita, tarakimu isiyo sahihi, mita isiyo sahihi na ufunguo usio sahihi huonekana sawa, na hakuna ulichosema kinachoonyesha ni kipi. Iandike mara moja tena, polepole.',
	},
	'unclear-again': {
		title: 'Imekataliwa tena, na hakuna kosa linaloonekana',
		detail: () =>
			'Huenda mita ina ufunguo mwingine kuliko ule wa tokeni hii; simu hii haiwezi kuona hilo. Kujaribu zaidi huifunga mita tu.',
	},
};

const steps: Words['rejectDoctor']['steps'] = {
	'type-again': 'Iandike tena pamoja nami',
	'key-set': 'Ingiza tokeni za kubadilisha ufunguo',
	'go-on': 'Nenda kwenye tokeni inayofuata',
	wait: 'Iandike tena pamoja nami',
	'right-meter': 'Sasa niko kwenye mita sahihi',
	'check-credit': 'Umeme wake upo',
	'enter-later': 'Itunze kwa baadaye',
	'help-line': 'Piga simu huduma kwa wateja',
};

export const rejectDoctor: Words['rejectDoctor'] = {
	title: 'Mita imeikataa',
	back: 'Rudi kwenye tokeni',
	stepBack: 'Rudi hatua moja',
	which: { title: 'Uliandika tokeni gani?' },
	saying: {
		title: 'Kioo kinasema nini?',
		detail: 'Chagua kinachokaribia zaidi. Kila aina ya mita huandika kwa namna yake.',
		mayRead: (spellings) => `Huenda kikaandika ${spellings}`,
		more: 'Ujumbe mwingine',
	},
	typed: {
		title: 'Uliandika nini?',
		detail:
			'Andika hapa jinsi ulivyoandika kwenye mita, au nakili kile ambacho kioo chake bado kinaonyesha. Kinalinganishwa kwenye simu hii na hakitunzwi popote.',
		field: 'Tarakimu ulizoandika',
		hint: 'Zote, hata kama zilikuwa nyingi au chache mno',
		soFar: (digits) => `Tarakimu ${digits} kati ya 20`,
		empty: 'Andika tarakimu kwanza, au chagua hapa chini kwamba huzikumbuki tena.',
		notDigits: 'Tokeni ina tarakimu tu.',
		compare: 'Linganisha',
		unknown: 'Sikumbuki tena',
	},
	meter: {
		title: 'Uko kwenye mita gani?',
		detail:
			'Namba iko kwenye mita, mara nyingi juu ya msimbo wa mistari. Kwenye mita nyingi namba fupi huionyesha.',
		wrong: (problem) => `${problem} Angalia mita tena.`,
		go: 'Endelea',
		unknown: 'Siwezi kuisoma',
	},
	keySet: {
		title: 'Je, mita ilipokea tokeni za kubadilisha ufunguo?',
		detail: (count) =>
			`Tokeni ${count} zinazoipa mita ufunguo wake mpya hutangulia hii. Kila moja lazima ikubaliwe.`,
		yes: 'Ndiyo, zote',
		no: 'Hapana, au si zote',
	},
	none: {
		title: 'Mita imeipokea',
		detail: 'Basi hakuna tatizo. Angalia salio jipya kwenye kioo.',
		go: 'Endelea',
	},
	sayings,
	slips,
	compared: {
		token: 'Tokeni',
		typed: 'Uliandika',
		row: (label, digits) => `${label}: ${digits}.`,
	},
	causes,
	steps,
	waitFor: (clock) => `Subiri ${clock}`,
	call: (phone) => `Piga simu huduma kwa wateja ${phone}`,
	tell: (code) => `Waambie huduma kwa wateja: ${code}`,
};

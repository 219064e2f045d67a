/** In Swahili: see `en/problems.ts`. */
import type { Words } from '../catalogue.ts';
import { withStaffRefusals } from '../staff-refusals.ts';

const wait = (seconds: string | undefined): string =>
	seconds === undefined ? 'dakika moja' : `sekunde ${seconds}`;

export const problems: Words['problems'] = withStaffRefusals(
	{
		'body-not-json': {
			title: 'Ombi halikuweza kusomwa',
			detail: () => 'Ombi si JSON. Hakuna kilichotunzwa.',
		},
		'body-too-large': {
			title: 'Ombi ni kubwa mno',
			detail: () => 'Ombi ni kubwa kuliko huduma hii inavyosoma. Hakuna kilichotunzwa.',
		},
		'body-shape': {
			title: 'Ombi halijakamilika',
			detail: () =>
				'Kuna kitu kinakosekana kwenye ombi, au si cha aina sahihi. Hakuna kilichotunzwa.',
		},
		'id-not-uuid': {
			title: 'Ombi halina kitambulisho sahihi',
			detail: () => 'Kitambulisho lazima kiwe UUID ya toleo la 7. Hakuna kilichotunzwa.',
		},
		'id-reused': {
			title: 'Kitambulisho hiki ni cha ombi lingine',
			detail: () =>
				'Kitambulisho hicho kilishakuja na maudhui mengine. Ombi la kwanza linabaki; hili limekataliwa.',
		},
		'not-found': { title: 'Haikupatikana', detail: () => 'Hakuna kitu kwenye anwani hii.' },
		'method-not-allowed': {
			title: 'Haiwezekani hapa',
			detail: () => 'Anwani hii haipokei ombi la aina hiyo.',
		},
		'too-many-requests': {
			title: 'Maombi mengi mno',
			detail: ({ seconds }) =>
				`Maombi mengi mno yamekuja kutoka hapa kwa muda mfupi. Subiri ${wait(seconds)}, kisha ujaribu tena.`,
		},
		'meter-number-empty': {
			title: 'Hakuna namba ya mita',
			detail: () => 'Andika namba ya mita. Imechapishwa kwenye mita, ina tarakimu 11 au 13.',
		},
		'meter-number-not-digits': {
			title: 'Tarakimu tu',
			detail: () => 'Namba ya mita ina tarakimu tu. Angalia mita, kisha uiandike tena.',
		},
		'meter-number-length': {
			title: 'Namba ya mita haijakamilika',
			detail: () => 'Namba ya mita ina tarakimu 11 au 13. Ilinganishe na namba iliyo kwenye mita.',
		},
		'meter-check-digit': {
			title: 'Tarakimu moja si sahihi',
			detail: () => 'Tarakimu hizi haziendani. Zilinganishe moja moja na za mita.',
		},
		'meter-unknown': {
			title: 'Mita haijulikani',
			detail: () =>
				'Shirika hili halina mita yenye namba hiyo. Hakiki namba, au piga simu huduma kwa wateja.',
		},
		'meter-blocked': {
			title: 'Mita imezuiwa',
			detail: () => 'Shirika limezuia mauzo kwa mita hii. Piga simu huduma kwa wateja ujue sababu.',
		},
		'decoder-key-withheld': {
			title: 'Si mita ya majaribio',
			detail: () => 'Funguo hutolewa kwa mita za kundi la majaribio ya umma tu.',
		},
		'amount-not-whole': {
			title: 'Si kiasi',
			detail: () => 'Kiasi lazima kiwe namba kamili ya sarafu ndogo kabisa.',
		},
		'amount-not-positive': {
			title: 'Hakuna kiasi',
			detail: () => 'Kiasi lazima kizidi sifuri.',
		},
		'amount-below-minimum': {
			title: 'Kiasi ni kidogo mno',
			detail: ({ minimum }) => `Kiasi cha chini kabisa ni ${minimum}. Chagua kiasi kikubwa zaidi.`,
		},
		'amount-above-maximum': {
			title: 'Kiasi ni kikubwa mno',
			detail: ({ maximum }) => `Kiasi cha juu kabisa ni ${maximum}. Chagua kiasi kidogo zaidi.`,
		},
		'amount-buys-nothing': {
			title: 'Hazitoshi kununua umeme',
			detail: () =>
				'Baada ya makato hakuna kinachobaki cha kununua 0.1 kWh. Chagua kiasi kikubwa zaidi.',
		},
		'currency-unknown': {
			title: 'Sarafu nyingine',
			detail: ({ currency }) => `Shirika hili huuza kwa ${currency} tu.`,
		},
		'confirmation-needed': {
			title: 'Tafadhali thibitisha',
			detail: () =>
				'Hili liliombwa bila mtandao. Angalia mita ni ya nani na pesa inanunua nini, kisha uthibitishe.',
		},
		'price-changed': {
			title: 'Bei imebadilika',
			detail: () =>
				'Pesa inanunua kidogo sasa kuliko ulipokubali, kwa hiyo hakuna tokeni iliyotengenezwa.',
		},
		'payment-mismatch': {
			title: 'Malipo hayalingani',
			detail: () => 'Malipo ni ya mauzo mengine au kiasi kingine. Hakuna tokeni iliyotolewa.',
		},
		'payment-failed': {
			title: 'Haijalipwa',
			detail: () =>
				'Malipo yamekataliwa. Hakuna pesa iliyochukuliwa na hakuna tokeni iliyotengenezwa.',
		},
		'payment-no-funds': {
			title: 'Pesa haitoshi kwenye akaunti',
			detail: () =>
				'Mtoa huduma ya malipo amekataa: salio halitoshi. Hakuna pesa iliyochukuliwa na hakuna tokeni iliyotengenezwa.',
		},
		'payment-expired': {
			title: 'Haikulipwa kwa wakati',
			detail: () =>
				'Malipo hayakuidhinishwa kwa wakati. Hakuna pesa iliyochukuliwa na hakuna tokeni iliyotengenezwa.',
		},
		'payment-taken-back': {
			title: 'Malipo yalichukuliwa tena',
			detail: () =>
				'Mtoa huduma ya malipo amechukua malipo tena. Hakuna tokeni iliyotengenezwa na hudaiwi chochote. Muulize pesa ziko wapi, au nunua tena.',
		},
		'vending-key-expired': {
			title: 'Ufunguo wa mita hii umeisha muda',
			detail: () =>
				'Shirika lazima kwanza lihuishe ufunguo wa mita hii. Piga simu huduma kwa wateja.',
		},
		'vending-key-unknown': {
			title: 'Hakuna ufunguo wa mita hii',
			detail: () =>
				'Huduma hii hairuhusiwi kuuza kwa kundi la ugavi la mita hii. Piga simu huduma kwa wateja.',
		},
		'tid-exhausted': {
			title: 'Namba za tokeni zimeisha',
			detail: () =>
				'Kipindi cha ufunguo wa mita hii kimeisha. Shirika lazima kwanza libadilishe ufunguo.',
		},
		'claim-code': {
			title: 'Namba ya kudai imeandikwa vibaya',
			detail: () =>
				'Hii haiwezi kuwa namba ya kudai: herufi moja si sahihi, inakosekana au imezidi. Ilinganishe na risiti.',
		},
		'security-module-unavailable': {
			title: 'Tokeni haziwezi kutengenezwa kwa sasa',
			detail: () => 'Kifaa cha usalama hakijibu. Hakuna kilichopotea; inajaribiwa tena.',
		},
		'database-unavailable': {
			title: 'Kumbukumbu hazipatikani kwa sasa',
			detail: () => 'Hifadhidata haijibu. Hakuna kilichopotea; inajaribiwa tena.',
		},
		stopping: {
			title: 'Seva hii inakaribia kuzimwa',
			detail: () => 'Inamaliza ilichoanza na haipokei kipya. Nyingine itajibu.',
		},
		'internal-error': {
			title: 'Kuna hitilafu hapa',
			detail: () => 'Huduma imekosea. Hakuna kilichopotea; inajaribiwa tena.',
		},
		'locked-out': {
			title: 'Imefungwa kwa muda',
			detail: ({ seconds }) =>
				`Kumekuwa na majaribio mengi yasiyo sahihi. Subiri ${wait(seconds)}, kisha ujaribu tena.`,
		},
		'code-wrong': {
			title: 'Namba ya siri si sahihi',
			detail: () => 'Namba si sahihi, imeshatumika, au ni ya zamani mno. Omba mpya.',
		},
		'cross-site': {
			title: 'Halikuombwa na programu hii',
			detail: () =>
				'Ombi limekuja kwa jina lako, lakini si kutoka ukurasa wa programu hii. Hakuna kilichofanyika.',
		},
		'not-allowed': {
			title: 'Hairuhusiwi',
			detail: () => 'Jukumu lako halijumuishi hili. Uliza ofisini.',
		},
		'reserve-sealed': {
			title: 'Tokeni hii imefungwa',
			detail: () =>
				'Ilitengenezwa kwa akiba ya kifaa kimoja, ambacho huifungua inapouzwa. Haionyeshwi mahali pengine popote.',
		},
		'key-change-needed': {
			title: 'Mita inahitaji ufunguo mpya',
			detail: () =>
				'Mita lazima ihamishiwe kwenye ufunguo mpya kabla ya kuuziwa. Omba tokeni zake za kubadilisha ufunguo.',
		},
		'key-change-not-allowed': {
			title: 'Mabadiliko haya ya ufunguo hayaruhusiwi',
			detail: () => 'Kiwango rasmi hakiruhusu mabadiliko haya ya ufunguo kwa mita hii.',
		},
		'vending-key-not-active': {
			title: 'Ufunguo bado haujaanza kutumika',
			detail: () =>
				'Ufunguo wa mauzo wa kundi hili la ugavi bado haujaanza kutumika. Waambie shirika.',
		},
		'vending-key-issue-ended': {
			title: 'Ufunguo umepita tarehe yake',
			detail: () =>
				'Hakuna tokeni nyingine inayoweza kutolewa kwa ufunguo wa mauzo wa kundi hili la ugavi. Waambie shirika.',
		},
		'vending-key-limit': {
			title: 'Kikomo cha ufunguo kimefikiwa',
			detail: () => 'Kifaa cha usalama kimetoa vyote kinavyoruhusiwa. Waambie shirika.',
		},
		'vending-key-type': {
			title: 'Si kwa ufunguo huu',
			detail: () => 'Ufunguo wa mauzo wa mita hii hauruhusiwi kutumika kwa tokeni ya aina hii.',
		},
		'security-module-refused': {
			title: 'Kifaa cha usalama kimekataa',
			detail: () =>
				'Kifaa cha usalama kimekataa kutengeneza tokeni hii. Hakuna kilichotengenezwa. Piga simu huduma kwa wateja.',
		},
		'token-unreadable': {
			title: 'Si tokeni ya mita hii',
			detail: () => 'Tarakimu hizi si tokeni ya mita hii, au zimeandikwa vibaya.',
		},
		'vend-reversed': {
			title: 'Imerudishwa',
			detail: () => 'Mauzo haya yalibatilishwa kabla mtu yeyote kuona tokeni yake.',
		},
		'vend-not-issued': {
			title: 'Hakuna cha kuchapisha',
			detail: () => 'Mauzo haya hayana tokeni, hivyo hakuna cha kuchapisha tena.',
		},
		'fbe-not-entitled': {
			title: 'Hakuna umeme wa bure hapa',
			detail: () => 'Mita hii haistahili umeme wa msingi wa bure.',
		},
		'fbe-claimed': {
			title: 'Umeshachukuliwa mwezi huu',
			detail: () =>
				'Umeme wa bure wa mwezi huu wa mita hii ulishatolewa. Aliyeuchukua na simu ya akaunti tu ndio huona tarakimu; ofisi inaweza kuzichapisha tena. Utakuja tena tarehe 1.',
		},
		'fbe-not-by-app': {
			title: 'Si kwa programu hii',
			detail: () => 'Kampuni hutoa umeme wa bure kwenye vituo na ofisi zake tu.',
		},
		'fbe-phone-needed': {
			title: 'Je, mita ni yako?',
			detail: () =>
				'Kampuni hutoa umeme wa bure wa mita hii kwa simu ya akaunti. Onyesha kwa namba ya siri kwamba simu ni yako.',
		},
		'refund-settled': {
			title: 'Imeshamalizwa',
			detail: () => 'Pesa hii ilisharudishwa au kutumika. Hairudishwi mara mbili kamwe.',
		},
		'meter-busy': {
			title: 'Mauzo yanaendelea',
			detail: () => 'Mauzo kwa mita hii yanafanyika. Jaribu tena baada ya muda mfupi.',
		},
		'phone-number': {
			title: 'Si namba ya simu',
			detail: () => 'Namba ya simu huanza na + na nchi, kisha hadi tarakimu 14.',
		},
		'provider-unavailable': {
			title: 'Mtoa huduma ya malipo hajibu',
			detail: () =>
				'Mtoa huduma ya malipo hajibu. Hakuna kilichopotea; omba tena baada ya muda mfupi.',
		},
		'database-older': {
			title: 'Hakuna mauzo',
			detail: () =>
				'Hifadhidata ni nakala ya zamani kuliko ile iliyotumiwa na seva hii. Hakuna kinachouzwa hadi mhusika aiangalie.',
		},
	},
	{
		title: 'Huduma imekataa',
		detail: () =>
			'Hili haliwezi kufanyika lilivyo. Piga simu huduma kwa wateja na utaje namba inayoonyeshwa.',
	},
);

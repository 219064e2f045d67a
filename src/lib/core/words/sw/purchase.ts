/** In Swahili: see `en/purchase.ts`. */
import type { Words } from '../catalogue.ts';

export const purchase: Words['purchase'] = {
	title: 'Ununuzi',
	back: 'Manunuzi',
	states: {
		queued: 'Inasubiri',
		'confirm-again': 'Thibitisha',
		'awaiting-payment': 'Bado kulipwa',
		issuing: 'Tokeni inakuja',
		issued: 'Tokeni ipo',
		refused: 'Hakuna tokeni',
		withdrawn: 'Imeondolewa',
		replaced: 'Imeendelezwa',
		'dead-letter': 'Inahitaji kurekebishwa',
	},
	stories: {
		handingIn: {
			title: 'Ombi lako linatumwa',
			detail: 'Limetunzwa kwenye kifaa hiki na liko njiani kwenda kwenye huduma.',
		},
		queuedOffline: {
			title: 'Bado hakuna tokeni',
			detail:
				'Ombi lako limetunzwa kwenye kifaa hiki. Litatumwa lenyewe mtandao ukirudi. Utalipa wakati huo, si sasa.',
		},
		unanswered: {
			title: 'Bado hakuna jibu',
			detail:
				'Ombi limetumwa, na haijulikani kama limefika. Linaulizwa tena lenyewe kwa namba ileile, hivyo haliwezi kuwa manunuzi mawili.',
		},
		priceChanged: {
			title: 'Bei imebadilika',
			detail:
				'Pesa inanunua kidogo sasa kuliko ulipoomba. Hakuna kilicholipwa. Angalia bei mpya kisha uamue.',
		},
		confirmationNeeded: {
			title: 'Angalia kabla ya kulipa',
			detail:
				'Uliomba hili bila mtandao. Hapa unaona mita ni ya nani na pesa inanunua nini. Bado hakuna kilicholipwa.',
		},
		preparingPayment: {
			title: 'Malipo yanaandaliwa',
			detail:
				'Huduma ina ombi lako na inawasiliana na mtoa huduma ya malipo. Bado hakuna kilicholipwa.',
		},
		approve: {
			title: 'Idhinisha malipo',
			detail: 'Mtoa huduma ya malipo anasubiri idhini yako. Tokeni hutengenezwa pesa ikifika.',
		},
		approveLater: {
			title: 'Hakuna mtandao wa kulipia',
			detail:
				'Ukurasa wa malipo unahitaji mtandao. Idhinisha malipo ukirudi. Kama umeshaidhinisha, usinunue tena: tokeni itakuja yenyewe.',
		},
		paymentSilent: {
			title: 'Mtoa huduma ya malipo hajibu',
			detail:
				'Haijulikani kama amepata ombi. Anaulizwa tena kwa namba ileile, hivyo huwezi kulipa mara mbili. Usinunue tena.',
		},
		checkingPayment: {
			title: 'Inasubiri malipo',
			detail:
				'Mtoa huduma ya malipo bado hajatoa jibu la mwisho. Tokeni itatengenezwa mara tu atakapolitoa. Huhitaji kukaa hapa.',
		},
		issuing: {
			title: 'Imelipwa. Tokeni inatengenezwa',
			detail: 'Pesa imefika. Sasa hakuna kinachoweza kupotea; subiri kidogo tu.',
		},
		issuingSlow: {
			title: 'Imelipwa. Tokeni inachelewa',
			detail:
				'Pesa imefika na imetunzwa kwa ununuzi huu, lakini mashine ya kutengeneza tokeni haijibu. Inaulizwa tena yenyewe. Huhitaji kukaa hapa. Usinunue tena.',
		},
		issued: {
			title: 'Tokeni yako',
			detail: 'Ingiza tarakimu hizi ishirini kwenye mita.',
		},
		refused: {
			title: 'Hakuna tokeni iliyotengenezwa',
			detail: 'Hapa chini ni sababu, na unachoweza kufanya.',
		},
		withdrawn: {
			title: 'Uliliondoa ombi',
			detail: 'Hakuna kilicholipwa na hakuna tokeni iliyotengenezwa.',
		},
		replaced: {
			title: 'Imeendelezwa kwa namba mpya',
			detail:
				'Uliangalia na ukakubali. Hakuna kilicholipwa kwa namba hii; ununuzi unaendelea kwa namba mpya.',
		},
		deadLetter: {
			title: 'Ununuzi huu umekwama',
			detail:
				'Huduma haiwezi kuupokea ulivyo. Kuutuma tena hakutasaidia, hivyo umetunzwa hapa. Waambie huduma kwa wateja namba iliyo hapa chini.',
		},
	},
	stages: {
		stored: 'Imetunzwa kwenye kifaa hiki',
		confirm: 'Idhini yako',
		payment: 'Malipo',
		making: 'Tokeni inatengenezwa',
		token: 'Tokeni',
	},
	stage: (place, of, stage) => `Hatua ${place} kati ya ${of}: ${stage}`,
	lessNow: (before, now) => `Uliambiwa ${before}. Sasa ni ${now}.`,
	noMoneyTaken: 'Hakuna pesa iliyochukuliwa.',
	approve: 'Idhinisha malipo',
	approveAgain: 'Rudi kwenye ukurasa wa malipo',
	agree: (amount) => `Kubali na ulipe ${amount}`,
	decline: 'Usinunue',
	tryNow: 'Jaribu sasa',
	takeBack: 'Ondoa ombi',
	buyAgain: 'Nunua tena',
	toNew: 'Nenda kwenye ununuzi mpya',
	openVirtualMeter: 'Nenda kwenye mita ya majaribio',
	notTakenBack: 'Haliwezi kuondolewa tena: huenda limeshafika kwenye huduma.',
	facts: {
		title: 'Ununuzi huu',
		asked: 'Uliombwa',
		attempts: 'Majaribio bila jibu',
		amount: 'Kiasi',
		meter: 'Mita',
		owner: 'Mmiliki',
		phone: 'Tokeni pia kwa',
		code: 'Namba ya msaada',
		number: 'Namba ya ununuzi',
	},
	missing: {
		title: 'Kifaa hiki hakina ununuzi huo',
		detail:
			'Manunuzi hutunzwa kwenye kifaa yalipofanywa. Kama ulifanywa hapa, huenda kivinjari kimefuta data zake.',
	},
	list: {
		title: 'Manunuzi',
		empty: {
			title: 'Bado hakuna manunuzi',
			detail:
				'Kila ununuzi unaofanywa kwenye kifaa hiki hukaa hapa, pamoja na tokeni na risiti yake, hata bila mtandao.',
			start: 'Nunua umeme',
		},
		open: 'Yanayoendelea',
		past: 'Yaliyokamilika',
		tokens: (count) => `Tokeni ${count} zipo`,
	},
};

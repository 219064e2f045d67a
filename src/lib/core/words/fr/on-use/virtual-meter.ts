/** In French: see `en/on-use/virtual-meter.ts`. */
import type { Words } from '../../catalogue.ts';
import { METER_DISPLAY, METER_ENTRY, METER_ITEMS, METER_VALUES } from '../../meter-display.ts';
import { pluralIn } from '../../plural.ts';
import { tokenDone, tokenResults } from '../token-results.ts';

const plural = pluralIn('fr');

export const virtualMeter: Words['virtualMeter'] = {
	list: {
		title: 'Compteurs virtuels',
		lead: 'Compteurs du parc de test public. Ils prennent de vrais jetons de test et s’en souviennent sur cet appareil.',
		number: (drn, ea) => (ea === '' ? `N° ${drn}` : `N° ${drn} · EA${ea}`),
		credit: (kwh) => `Crédit ${kwh} kWh`,
		used: (kwh) => `Consommé ${kwh} kWh`,
		chooseMake: 'Choisissez d’abord son modèle',
		notYetHere: 'Pas encore utilisé sur cet appareil.',
		unreadable:
			'Ce qui est enregistré de ce compteur ne peut pas être lu. Ouvrez-le pour réparer cela.',
		loading: 'Recherche des compteurs',
		offlineTitle: 'Aucun compteur sur cet appareil',
		offline:
			'Un compteur virtuel vient du service une seule fois et marche ensuite sans réseau. Connectez-vous au réseau et réessayez.',
		offlineKnownTitle: 'Pas de réponse du service',
		offlineKnown: 'Les compteurs ci-dessous sont sur cet appareil et marchent tels quels.',
		none: 'Le service n’offre aucun compteur virtuel.',
		tryAgain: 'Réessayer',
	},
	page: {
		back: 'Compteurs virtuels',
		loading: 'Chargement du compteur',
		offlineTitle: 'Ce compteur n’est pas sur cet appareil',
		offline:
			'Il vient du service une seule fois et marche ensuite sans réseau. Connectez-vous au réseau et réessayez.',
		unusable:
			'Le service décrit ce compteur d’une façon que cette application ne connaît pas. Rechargez la page pour obtenir la version la plus récente.',
		tryAgain: 'Réessayer',
		buy: 'Acheter pour ce compteur',
		technician: 'Se connecter comme technicien',
		emergency: (kwh) => `Prendre ${kwh} de crédit d’urgence`,
		emergencyTaken: (kwh) =>
			`Crédit d’urgence\u00a0: il reste ${kwh}. Le prochain jeton le rembourse d’abord.`,
		moreLoading: 'Chargement du reste du compteur',
		moreFailed:
			'Le reste de la page du compteur n’est pas encore sur cet appareil. Connectez-vous au réseau et rechargez la page.',
		paste: 'Coller un jeton',
		pasteRefused: {
			empty: 'Il n’y a rien à coller. Copiez d’abord les vingt chiffres d’un jeton.',
			notToken: 'Ce qui a été copié n’est pas un jeton. Un jeton a vingt chiffres.',
			notAllowed:
				'Le navigateur ne laisse pas cette page lire ce qui a été copié. Saisissez les chiffres, ou appuyez sur Ctrl V.',
		},
		storeFault:
			'Cet appareil n’a pas pu enregistrer ce que le compteur faisait\u00a0; cela n’a donc pas été fait. Libérez de la place et réessayez.',
	},
	handOver: {
		label: 'Jetons pour ce compteur',
		turn: (place, of) => `Jeton ${place} sur ${of}`,
		enter: 'Il est sur l’écran. Appuyez sur Entrée sur le clavier.',
		offer: (place, of) => `Suivant\u00a0: jeton ${place} sur ${of}`,
	},
	code: (code) => `Code ${code}`,
	corrupt: {
		title: 'Ce compteur ne peut pas être lu',
		detail:
			'Ce que cet appareil a enregistré du compteur est abîmé\u00a0: son crédit et les jetons pris sont perdus. Remettez-le en état d’usine pour l’utiliser à nouveau.',
		offlineTitle: 'Pas de réponse du service',
		offline: 'La remise en état d’usine a besoin du réseau une fois. Connectez-vous et réessayez.',
	},
	housing: {
		label: (drn) => `Compteur virtuel ${drn}`,
		number: 'N°',
		ratings: (ea, phases) =>
			`EA${ea} · ${phases === 1 ? '230 V' : '3×230/400 V'} · 5(60) A · 50 Hz`,
		test: 'TEST',
		pulses: (perKwh) => `${perKwh} imp/kWh`,
		supplyOn: 'Courant présent',
		supplyOff: 'Courant coupé',
	},
	keypad: { label: 'Clavier', enter: 'Entrée', backspace: 'Effacer le dernier chiffre' },
	display: METER_DISPLAY,
	twin: {
		credit: (kwh) => `Crédit ${kwh} kWh.`,
		emergencyCredit: (kwh) => `Crédit d’urgence ${kwh} kWh.`,
		used: (kwh) => `Consommé ${kwh} kWh.`,
		phases: (phases) => `Le courant passe sur ${phases}.`,
		rate: (rate) => `Tarif ${rate}.`,
		emergency: 'Le crédit d’urgence est utilisé.',
		remoteOff: 'Coupé à distance.',
		supplyOff: 'Courant coupé.',
		lowCredit: 'Crédit bas.',
		tamper: 'Alarme de fraude.',
		locked: 'Bloqué.',
		entry: (groups) => `Saisi\u00a0: ${groups}`,
		full: 'Les vingt chiffres y sont. Appuyez sur Entrée.',
		item: (label, value) => `${label}\u00a0: ${value}`,
	},
	entry: {
		incomplete: {
			display: METER_ENTRY.incomplete,
			title: 'Jeton incomplet',
			detail: (count) =>
				`Un jeton a vingt chiffres\u00a0; ${count} ${plural(count, { one: 'est saisi', other: 'sont saisis' })}. Saisissez le reste.`,
		},
		timedOut: {
			display: METER_ENTRY.timedOut,
			title: 'Le compteur a oublié les chiffres',
			detail: (seconds) =>
				`Il attend le chiffre suivant ${seconds} ${plural(seconds, { one: 'seconde', other: 'secondes' })}. Saisissez le jeton depuis le début.`,
		},
		offered: {
			display: METER_ENTRY.offered,
			title: 'Votre jeton est sur l’écran',
			detail: () => 'Appuyez sur Entrée sur le clavier pour le donner au compteur.',
		},
		unknownCode: {
			display: METER_ENTRY.unknownCode,
			title: 'Le compteur n’a pas ce code',
			detail: (code) =>
				`Rien ne s’affiche sous ${code}. 001 montre le crédit, 002 le numéro du compteur.`,
		},
	},
	results: tokenResults,
	done: tokenDone,
	items: METER_ITEMS,
	shown: { title: 'Sur l’écran' },
	...METER_VALUES,
	locked: (clock) => `Le compteur accepte à nouveau des jetons dans ${clock}.`,
	load: {
		label: 'Consommation',
		phase: (phase) => `Consommation sur L${phase}`,
		power: (kilowatts) => `${kilowatts} kW`,
		off: 'Le courant est coupé\u00a0: rien ne passe.',
		examples: {
			none: 'Rien n’est allumé.',
			small: 'Un chargeur de téléphone, une lampe ou deux.',
			middle: 'Un frigo, une télévision, quelques lampes.',
			large: 'Un fer à repasser ou une bouilloire.',
			huge: 'Une cuisinière et un chauffe-eau.',
		},
	},
	lapse: {
		label: 'Temps',
		meaning: { 1: 'temps réel', 60: '1 s = 1 min', 3600: '1 s = 1 h' },
		clock: (time) => `L’horloge du compteur\u00a0: ${time}`,
	},
	log: {
		events: {
			manufactured: 'Sorti de l’usine',
			'power-down': 'Courant parti',
			'power-up': 'Courant revenu',
			'clock-set': 'Horloge réglée',
			'parameters-changed': 'Réglages changés',
			'keys-transferred': 'Clés de communication changées',
			'rate-switched': 'Tarif basculé',
			'calendar-activated': 'Nouveau calendrier tarifaire',
			'firmware-ready': 'Nouveau logiciel vérifié',
			'firmware-refused': 'Nouveau logiciel refusé',
			'firmware-activated': 'Nouveau logiciel en marche',
			'tamper-detected': 'Fraude remarquée',
			'tamper-ended': 'Fraude terminée',
			'tamper-cleared': 'Alarme de fraude effacée',
			'relay-opened': 'Courant coupé',
			'relay-closed': 'Courant rétabli',
			'relay-armed': 'Le courant peut être rétabli',
			'limit-changed': 'Limite changée',
			'voltage-sag': 'Tension trop basse',
			'voltage-swell': 'Tension trop haute',
			'voltage-normal': 'Tension de nouveau normale',
			'credit-low': 'Crédit bas',
			'emergency-invoked': 'Crédit d’urgence pris',
			'emergency-exhausted': 'Crédit d’urgence épuisé',
			'emergency-repaid': 'Crédit d’urgence remboursé',
			'charge-collected': 'Dette prélevée',
			'credit-cleared': 'Crédit effacé',
			'key-changed': 'Clé changée',
		},
	},
	factory: {
		ask: 'Remettre ce compteur en état d’usine',
		title: 'Remettre en état d’usine\u00a0?',
		meaning:
			'Le crédit, le journal et tout ce que le compteur retient sont effacés sur cet appareil.',
		warning:
			'Il oublie aussi les jetons qu’il a pris, qui peuvent donc être saisis à nouveau. Aucun vrai compteur ne fait cela.',
		keep: 'Garder le compteur',
		confirm: 'Remettre en état d’usine',
	},
};

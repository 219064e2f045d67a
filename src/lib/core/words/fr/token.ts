/** In French: see `en/token.ts`. */
import type { Words } from '../catalogue.ts';

export const token: Words['token'] = {
	spoken: 'Jeton, cinq groupes de quatre chiffres',
	group: (place, digits) => `Groupe ${place}\u00a0: ${digits}.`,
	sequence: (place, of) => `Jeton ${place} sur ${of}`,
	test: 'TEST',
	testWhy: 'Un jeton de test\u00a0: aucun vrai compteur ne l’accepte.',
	forMeter: 'Pour le compteur',
	copy: 'Copier',
	copied: 'Copié',
	notCopied: 'La copie a échoué. Gardez le doigt sur les chiffres pour les sélectionner.',
	share: 'Partager',
	shareText: (digits, meter, energy) =>
		`Jeton ${digits}\npour le compteur ${meter}${energy && `, ${energy}`}`,
	readAloud: 'Lire à voix haute',
	stopReading: 'Arrêter',
	send: 'Envoyer au compteur virtuel',
	sendAll: (count) => `Envoyer les ${count} au compteur virtuel`,
	sentTo: (phone) => `Aussi envoyé au ${phone}`,
	sandboxPhone: 'Voir ce téléphone (bac à sable)',
	set: {
		stories: {
			keysThenCredit: {
				title: 'Vos jetons',
				detail: (count, keys) =>
					`Saisissez les ${count} dans cet ordre, sans longue pause. Les ${keys} premiers donnent au compteur sa nouvelle clé.`,
			},
			keysOnly: {
				title: 'Vos jetons',
				detail: (count) =>
					`Saisissez les ${count}, l’un après l’autre, dans cet ordre, sans longue pause. Ils donnent au compteur sa nouvelle clé et n’apportent pas d’énergie.`,
			},
			several: {
				title: 'Vos jetons',
				detail: (count) => `Saisissez les ${count}, l’un après l’autre, dans cet ordre.`,
			},
		},
		keyPart: (part, of) => `Nouvelle clé, partie ${part} sur ${of}`,
		kinds: {
			credit: 'L’énergie que vous avez achetée',
			fbe: 'Électricité de base gratuite',
			'free-issue': 'Énergie gratuite',
			engineering: 'Pour le technicien',
		},
		next: 'Saisi, au suivant',
		last: 'Saisi, c’était le dernier',
		done: (place) => `${place} saisi`,
		allDone:
			'Tous sont saisis. Si le compteur en a refusé un, touchez-le ci-dessus et comparez les chiffres.',
		shareLine: (place, of, digits) => `${place} sur ${of}\u00a0: ${digits}`,
		shareText: (lines, meter, energy) =>
			`Saisissez-les tous, dans cet ordre\u00a0:\n${lines}\npour le compteur ${meter}${energy && `, ${energy}`}`,
	},
};

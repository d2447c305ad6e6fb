// Two devices verify each other: one asks, the other accepts, both show emoji that are compared.

import { VerificationPhase, VerifierEvent } from "matrix-js-sdk/lib/crypto-api/index.js";
import { eventually } from "./person.js";

/// `request` is what `asker` sent; `other` finds it among those that came in.
export async function compareEmoji(request, other) {
    const theirs = await eventually("a verification request", () =>
        other.incomingVerifications.shift());
    await theirs.accept();
    await eventually("both ready to verify", () => request.phase === VerificationPhase.Ready);
    const verifier = await request.startVerification("m.sas.v1");
    const otherVerifier = await eventually("the verification to start", () => theirs.verifier);
    const shown = [];
    for (const side of [verifier, otherVerifier]) {
        side.on(VerifierEvent.ShowSas, (sas) => shown.push(sas));
    }
    const verified = Promise.all([verifier.verify(), otherVerifier.verify()]);
    await eventually("both to show emoji", () => shown.length === 2);
    const [one, two] = shown.map((sas) => JSON.stringify(sas.sas.emoji));
    if (one !== two) throw new Error(`different emoji: ${one} and ${two}`);
    await Promise.all(shown.map((sas) => sas.confirm()));
    await verified;
    await eventually("both to be done", () =>
        [request, theirs].every((side) => side.phase === VerificationPhase.Done));
}

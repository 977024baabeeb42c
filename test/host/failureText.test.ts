import assert from "node:assert/strict";
import { NcloudError, type NcloudErrorFacts } from "../../src/ncloud/ncloudError.ts";
import type { NcloudErrorKind } from "../../src/ncloud/ncloudError.ts";
import { describeFailure } from "../../src/ui/failureText.ts";

/** Every kind of failure, and of a kind that has several sentences every one of them. */
const failures: Readonly<Record<NcloudErrorKind, readonly NcloudErrorFacts[]>> = {
  wrongCredentials: [{}, { service: "nsml" }],
  noPermission: [{}],
  notSubscribed: [{}],
  notFound: [{}, { service: "nsml" }],
  limitReached: [{ status: 429 }, { status: 409 }],
  badRequest: [{}],
  clock: [{ clockSkew: 600_000 }],
  network: [{}],
  tls: [{ isUnsent: true }, {}],
  proxy: [{}],
  timeout: [{}],
  server: [{}],
  badAnswer: [{}],
  unavailableInZone: [{}],
  cancelled: [{}],
};

describe("What is said of a failure of NCP", () => {
  const texts = Object.entries(failures).flatMap(([kind, variants]) =>
    variants.map((facts) => describeFailure(new NcloudError(kind as NcloudErrorKind, facts))),
  );

  for (const part of ["title", "whatHappened", "nextStep"] as const) {
    it(`has a ${part} of its own for each`, () => {
      const said = texts.map((text) => text[part]);
      assert.deepEqual(
        said.filter((text, index) => text === "" || said.indexOf(text) !== index),
        [],
      );
    });
  }

  it("has how long the server asked to wait, and never less", () => {
    const stepAfter = (retryAfter: number, kind: NcloudErrorKind = "limitReached") =>
      describeFailure(new NcloudError(kind, { status: 429, retryAfter })).nextStep;
    assert.deepEqual(
      [
        ...[0, 11_000, 60_000, 121_000, 3_600_000, 7_201_000].map((time) => stepAfter(time)),
        stepAfter(600_000, "server"),
      ],
      [
        "Wait a moment, then try again.",
        "Try again in 11 seconds.",
        "Try again in 60 seconds.",
        "Try again in 3 minutes.",
        "Try again in 60 minutes.",
        "Try again in 3 hours.",
        "Try again in 10 minutes.",
      ],
    );
  });

  it("tells the limit of access keys from too many requests by the code as well", () => {
    const byCode = describeFailure(new NcloudError("limitReached", { status: 200, code: "9012" }));
    const byStatus = describeFailure(new NcloudError("limitReached", { status: 409 }));
    assert.deepEqual(byCode, byStatus);
  });
});

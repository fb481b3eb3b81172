// Package aws provides the AWS emulator moto as a platform: Secrets Manager and Parameter Store, behind a proxy that
// counts writes. The harness starts moto for every test. This package adds what the tests of destinations need.
//
// Known differences to AWS: there are no permissions, limits and rates. A secret in its recovery window reserves its
// name, as on AWS, and Secrets omits it. If a request names no stage, moto returns a secret's newest version and not
// AWSCURRENT, so requests here name AWSCURRENT.
package aws

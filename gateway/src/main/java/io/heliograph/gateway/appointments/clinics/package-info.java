/** What an account says about its clinic and its doctors. */
@NullMarked
package io.heliograph.gateway.appointments.clinics;

import org.jspecify.annotations.NullMarked;

package io.qdqlint.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.ServiceLoader;
import org.drools.wiring.api.ComponentsSupplier;
import org.junit.jupiter.api.Test;
import org.kie.api.internal.utils.KieService;

class DroolsServicesTest {
    @Test
    void areThoseThatDroolsWouldFind() {
        for (Class<? extends KieService> service : DroolsServices.PRESENT.keySet()) {
            // Only whoever compiles rules needs the one that can define classes, which has the higher priority.
            if (service != ComponentsSupplier.class) {
                assertEquals(
                        found(service),
                        DroolsServices.PRESENT.get(service).get().getClass());
            }
        }
        for (Class<? extends KieService> service : DroolsServices.ABSENT) {
            assertTrue(ServiceLoader.load(service).findFirst().isEmpty(), service.getName());
        }
    }

    @Test
    void areKnownToDroolsOnceProvided() throws ReflectiveOperationException {
        DroolsServices.want();
        DroolsServices.provide();
        for (Class<? extends KieService> service : DroolsServices.PRESENT.keySet()) {
            assertNotNull(DroolsServices.known().get(DroolsServices.key(service)));
        }
    }

    private static Class<?> found(Class<? extends KieService> service) {
        return ServiceLoader.load(service).stream()
                .map(ServiceLoader.Provider::get)
                .max(Comparator.comparing(KieService::servicePriority))
                .orElseThrow()
                .getClass();
    }
}

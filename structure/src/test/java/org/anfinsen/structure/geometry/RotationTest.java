package org.anfinsen.structure.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.anfinsen.structure.ReferenceArrays;
import org.junit.jupiter.api.Test;

class RotationTest {

    private final Random random = new Random(7);

    @Test
    void isTheSameForAQuaternionAndItsNegative() {
        for (int k = 0; k < 100; k++) {
            Quaternion q = randomQuaternion();
            assertClose(Rotation.ofQuaternion(q), Rotation.ofQuaternion(q.negated()));
        }
    }

    @Test
    void comesBackFromItsQuaternion() {
        for (int k = 0; k < 1000; k++) {
            Rotation rotation = Rotation.ofQuaternion(randomQuaternion());
            Quaternion back = rotation.toQuaternion();
            assertThat(back.w()).isNotNegative();
            assertThat(back.norm()).isCloseTo(1, within(1e-12));
            assertClose(Rotation.ofQuaternion(back), rotation);
        }
    }

    @Test
    void keepsHalfTurnsWhoseQuaternionHasNoRealPart() {
        for (Quaternion q : new Quaternion[] {
            new Quaternion(0, 1, 0, 0),
            new Quaternion(0, 0, 1, 0),
            new Quaternion(0, 0, 0, 1),
            new Quaternion(0, 3, -4, 0)
        }) {
            Rotation rotation = Rotation.ofQuaternion(q);
            assertClose(Rotation.ofQuaternion(rotation.toQuaternion()), rotation);
        }
    }

    @Test
    void composesAsItsQuaternionsMultiply() {
        for (int k = 0; k < 100; k++) {
            Quaternion a = randomQuaternion();
            Quaternion b = randomQuaternion();
            assertClose(Rotation.ofQuaternion(a).compose(Rotation.ofQuaternion(b)), Rotation.ofQuaternion(a.times(b)));
        }
    }

    @Test
    void undoesItselfByItsInverse() {
        Rotation rotation = Rotation.ofQuaternion(randomQuaternion());
        assertClose(rotation.compose(rotation.inverse()), Rotation.IDENTITY);
        assertClose(rotation.inverse().compose(rotation), Rotation.IDENTITY);
    }

    @Test
    void turnsYTowardsZAboutX() {
        Vector3 turned = RotationAboutX.of(1, 0).apply(new Vector3(5, 1, 0));
        assertThat(turned).isEqualTo(new Vector3(5, 0, 1));
        assertThatThrownBy(() -> RotationAboutX.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Rotation.ofQuaternion(new Quaternion(0, 0, 0, 0)))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void agreesWithThePublishedBackboneUpdates() {
        try (ReferenceArrays reference = ReferenceArrays.open("geometry.npz")) {
            float[] in = reference.floats("upd_quat_in");
            float[] translation = reference.floats("upd_trans_in");
            float[] update = reference.floats("upd_vec");
            float[] rotation = reference.floats("upd_rot_out");
            float[] moved = reference.floats("upd_trans_out");
            for (int k = 0; k < in.length / 4; k++) {
                Quaternion q = new Quaternion(in[4 * k], in[4 * k + 1], in[4 * k + 2], in[4 * k + 3]);
                Quaternion step = new Quaternion(1, update[6 * k], update[6 * k + 1], update[6 * k + 2]);
                RigidFrame frame = new RigidFrame(
                        Rotation.ofQuaternion(q),
                        new Vector3(translation[3 * k], translation[3 * k + 1], translation[3 * k + 2]));
                RigidFrame after = frame.compose(new RigidFrame(
                        Rotation.ofQuaternion(step),
                        new Vector3(update[6 * k + 3], update[6 * k + 4], update[6 * k + 5])));
                assertThat(after.rotation().xy()).isCloseTo(rotation[9 * k + 1], within(2e-6));
                assertThat(after.rotation().yz()).isCloseTo(rotation[9 * k + 5], within(2e-6));
                assertThat(after.rotation().zx()).isCloseTo(rotation[9 * k + 6], within(2e-6));
                assertThat(after.translation().distance(new Vector3(moved[3 * k], moved[3 * k + 1], moved[3 * k + 2])))
                        .isLessThan(1e-5);
            }
        }
    }

    private Quaternion randomQuaternion() {
        return new Quaternion(
                random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
    }

    static void assertClose(Rotation a, Rotation b) {
        for (Vector3 v : new Vector3[] {new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)}) {
            assertThat(a.apply(v).distance(b.apply(v))).isLessThan(1e-12);
        }
    }
}
